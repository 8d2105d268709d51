using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tests.Parts;

namespace Tests.Limits;

/// <summary>An input that holds others of its kind, as a comment does with its answers.</summary>
public sealed class Tree
{
    [StringLength(10)]
    public string? Name { get; set; }

    public int? Number { get; set; }

    public Tree? C { get; set; }

    public IList<int>? List { get; set; }
}

/// <summary>A site that takes one in every way that the framework knows.</summary>
internal static class TreeSite
{
    public static Task<Site> StartAsync(params (string Key, string Value)[] settings) => Site.StartAsync(
        Map,
        new Dictionary<string, string?>(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))) { ["Session:Store"] = "Memory" },
        services: services =>
        {
            services.AddControllers();
            services.AddValidation();
        });

    private static void Map(WebApplication app)
    {
        app.MapControllers();
        app.MapPost("/bind", (Tree tree) => tree.Name);
        app.MapPost("/read", async (HttpRequest request) => (await request.ReadFromJsonAsync<Tree>())?.Name);
        app.MapPost("/form", ([FromForm] Tree tree) => tree.Name).DisableAntiforgery();
    }
}

[Route("controller")]
public sealed class TreeController : ControllerBase
{
    [HttpPost("json")]
    public IActionResult Json([FromBody] Tree tree) => Answer(tree);

    [HttpPost("form")]
    public IActionResult Form([FromForm] Tree tree) => Answer(tree);

    private IActionResult Answer(Tree tree) => ModelState.IsValid ? Ok(tree.Name) : ValidationProblem(ModelState);
}

[ApiController, Route("api-controller")]
public sealed class TreeApiController : ControllerBase
{
    [HttpPost("json")]
    public IActionResult Json(Tree tree) => Ok(tree.Name);
}

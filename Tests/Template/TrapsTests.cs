using System.Text;
using Tests.Parts;

namespace Tests.Template;

/// <summary>
/// The template engine reads conditions in nearly every kind of file, and puts names into all of them, unless it is told
/// not to. Here the repository has one file of each kind that has tripped a template before.
/// </summary>
[Collection(TemplateCollectionFixture.Name)]
[Trait(Tier.Name, Tier.All)]
public sealed class TrapsTests(TemplateFixture fixture)
{
    private static readonly Dictionary<string, byte[]> LookLikeConditions = new()
    {
        ["WebApp/Traps/Comment.cs"] = "// Without #if (false) here.\n#if DEBUG\nclass One;\n#else\nclass Two;\n#endif\n//#if (false)\n//-:cnd\n//#endif\n"u8.ToArray(),
        ["WebApp/Traps/Page.cshtml"] = "@*#if (false) *@\n<p>1</p>\n@*#endif *@\n<!--#if (false) -->\n<p>2</p>\n<!--#endif -->\n"u8.ToArray(),
        ["WebApp/Traps/page.html"] = "<!--#if (false) -->\n<p>1</p>\n<!--#endif -->\n"u8.ToArray(),
        ["WebApp/Traps/data.json"] = "{\n//#if (false)\n\"a\": 1\n//#endif\n}\n"u8.ToArray(),
        ["WebApp/Traps/style.css"] = "/*#if (false) */\nb { }\n/*#endif */\n"u8.ToArray(),
        ["WebApp/Traps/build.props"] = "<Project>\n<A Condition=\"$(feedGaps)\">1</A>\n<!--#if (false) -->\n<B />\n<!--#endif -->\n</Project>\n"u8.ToArray(),
        ["Tests/Traps/run.sh"] = "#if (false)\necho 1\n#endif\n##if (true)\n"u8.ToArray(),
        ["docs/traps.yml"] = "#if (false)\na: 1\n#endif\n"u8.ToArray(),
        ["docs/traps.md"] = "<!--#if (false) -->\ntext\n<!--#endif -->\r\nProductionTemplate\n"u8.ToArray(),
        ["WebApp/wwwroot/picture.png"] = [0x89, 0xFF, 0xFE, 0x00, .. "ProductionTemplate #if\r\n\n"u8, 0xC3, 0x28],
    };

    private static readonly string[] LyingAbout =
    [
        ".env", "notes.txt", ".vs/state", "WebApp/.env", "WebApp/.env.local", "WebApp/obj/cache", "WebApp/bin/Debug/WebApp.dll", "WebApp/WebApp.csproj.user",
        "AppHost/aspire-output/.env", "Tests/TestResults/log.trx", ".dev/feed", "artifacts/package.nupkg",
    ];

    [SkippableFact]
    public async Task Every_file_but_the_few_that_have_the_name_or_a_condition_is_copied_as_it_is()
    {
        var application = await GenerateFromTrappedRepositoryAsync();

        Assert.All(LookLikeConditions, trap => Assert.Equal(trap.Value, application.Bytes(trap.Key)));
    }

    [SkippableFact]
    public async Task What_only_lies_about_in_the_repositorys_folder_is_no_part_of_an_application()
    {
        var application = await GenerateFromTrappedRepositoryAsync();

        Assert.DoesNotContain(LyingAbout, application.Has);
    }

    private async Task<GeneratedApplication> GenerateFromTrappedRepositoryAsync()
    {
        var repository = fixture.NewFolder();
        foreach (var file in await TrackedFiles.AllAsync())
        {
            Write(repository, file, await File.ReadAllBytesAsync(Path.Combine(Repository.Root, file)));
        }

        foreach (var (file, content) in LookLikeConditions)
        {
            Write(repository, file, content);
        }

        foreach (var file in LyingAbout)
        {
            Write(repository, file, Encoding.UTF8.GetBytes("private"));
        }

        var template = await InstalledTemplate.FromAsync(fixture.NewFolder(), repository);
        return await template.GenerateAsync("Shop", "--feed-gaps", "--skip-restore");
    }

    private static void Write(string repository, string file, byte[] content)
    {
        var path = Path.Combine(repository, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }
}

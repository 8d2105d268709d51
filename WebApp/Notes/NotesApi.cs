using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using ServiceDefaults;
using ServiceDefaults.AccessControl;
using ServiceDefaults.Caching;
using ServiceDefaults.Limits.Queries;
using WebApp.Notes.Store;

namespace WebApp.Notes;

/// <summary>Notes as JSON, under the same policy as the pages.</summary>
public static class NotesApi
{
    /// <summary>Maps <c>/api/notes</c>.</summary>
    /// <param name="endpoints">The application.</param>
    public static void MapNotes(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/notes");
        api.WithMetadata(new RequestSizeLimitAttribute(NoteRules.FormBytes));
        api.MapGet("/", ListAsync).CacheHint(TimeSpan.FromSeconds(PublicNotes.MaxAgeSeconds), CacheScope.Public, [PublicNotes.Tag]).AllowAnonymous();
        api.MapGet("/mine", ListMineAsync).RequireAccess<Note>(Operation.Create);
        api.MapGet("/{id}", FindAsync).RequireAccess<Note>(Operation.Read);
        api.MapPost("/", CreateAsync).RequireAccess<Note>(Operation.Create);
        api.MapPatch("/{id}", UpdateAsync).RequireAccess<Note>(Operation.Update);
        api.MapDelete("/{id}", DeleteAsync).RequireAccess<Note>(Operation.Delete);
        api.MapPost("/{id}/publish", PublishAsync).RequireAccess<Note>(NotePolicy.Publish);
        api.MapPost("/{id}/unpublish", UnpublishAsync).RequireAccess<Note>(NotePolicy.Unpublish);
        api.MapPost("/{id}/release", ReleaseAsync).RequireAccess<Note>(NotePolicy.Release);
    }

    private static async Task<Page<NoteSummary>> ListAsync(PageRequest page, NoteDesk desk, CancellationToken cancelled)
    {
        var notes = await desk.ListAsync(NoteList.Published, page, cancelled);
        return new Page<NoteSummary>([.. notes.Items.Select(NoteSummary.Of)], notes.Next);
    }

    private static Task<Page<Note>> ListMineAsync(PageRequest page, NoteDesk desk, Access access, CancellationToken cancelled) =>
        desk.ListAsync(NoteList.By(access.Caller.Id), page, cancelled);

    private static async Task<Results<Ok<Note>, NotFound>> FindAsync(string id, NoteDesk desk, CancellationToken cancelled) =>
        await desk.FindAsync(Operation.Read, id, cancelled) is { } note ? TypedResults.Ok(note) : TypedResults.NotFound();

    private static async Task<Created<Note>> CreateAsync(Changes<Note> changes, NoteDesk desk, Access access, HttpContext context, CancellationToken cancelled)
    {
        var note = desk.New(context.User.Identity?.Name);
        Apply(changes, note, Operation.Create, access);
        await desk.AddAsync(note, cancelled);
        return TypedResults.Created($"/api/notes/{note.Id}", note);
    }

    private static Task<Results<Ok<Note>, NotFound>> UpdateAsync(string id, Changes<Note> changes, NoteDesk desk, Access access, CancellationToken cancelled) =>
        ChangeAsync(Operation.Update, id, desk, note =>
        {
            Apply(changes, note, Operation.Update, access);
            FieldsRefusedException.ThrowIfAny(StatusCodes.Status400BadRequest, changes.Has(nameof(Note.Version)) ? [] : [("version", "Send the version that you read: a change in between would be lost.")]);
            return desk.TrySaveAsync(note, cancelled);
        }, cancelled);

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(string id, NoteDesk desk, CancellationToken cancelled) =>
        (await ChangeAsync(Operation.Delete, id, desk, note => desk.TryDeleteAsync(note, cancelled), cancelled)).Result is NotFound missing ? missing : TypedResults.NoContent();

    private static Task<Results<Ok<Note>, NotFound>> PublishAsync(string id, NoteDesk desk, CancellationToken cancelled) =>
        ChangeAsync(NotePolicy.Publish, id, desk, note => desk.TryPublishAsync(note, cancelled), cancelled);

    private static Task<Results<Ok<Note>, NotFound>> UnpublishAsync(string id, Changes<Note> changes, NoteDesk desk, Access access, CancellationToken cancelled) =>
        ChangeAsync(NotePolicy.Unpublish, id, desk, note =>
        {
            changes.ApplyTo(note, NotePolicy.Unpublish, access);
            Refuse(desk.Moderates(note) ? NoteRules.ModerationProblems(note.Moderation) : []);
            return desk.TryUnpublishAsync(note, cancelled);
        }, cancelled);

    private static Task<Results<Ok<Note>, NotFound>> ReleaseAsync(string id, NoteDesk desk, CancellationToken cancelled) =>
        ChangeAsync(NotePolicy.Release, id, desk, note => desk.TryReleaseAsync(note, cancelled), cancelled);

    private static async Task<Results<Ok<Note>, NotFound>> ChangeAsync(Operation operation, string id, NoteDesk desk, Func<Note, Task<bool>> change, CancellationToken cancelled)
    {
        if (await desk.FindAsync(operation, id, cancelled) is not { } note)
        {
            return TypedResults.NotFound();
        }

        FieldsRefusedException.ThrowIfAny(
            StatusCodes.Status409Conflict, await change(note) ? [] : [("version", "The note has been changed since you read it. Read it again, and repeat your change.")]);
        return TypedResults.Ok(note);
    }

    private static void Apply(Changes<Note> changes, Note note, Operation operation, Access access)
    {
        changes.ApplyTo(note, operation, access);
        NoteRules.Tidy(note);
        Refuse(NoteRules.Problems(note));
    }

    private static void Refuse(IEnumerable<(string Field, string Problem)> problems) => FieldsRefusedException.ThrowIfAny(
        StatusCodes.Status400BadRequest, problems.Select(problem => (System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(problem.Field), problem.Problem)));
}

using Microsoft.AspNetCore.WebUtilities;

namespace ServiceDefaults.Errors;

/// <summary>What a status means to a person, and what they can do.</summary>
/// <param name="Title">The status in words.</param>
/// <param name="WhatToDo">One or two sentences.</param>
internal sealed record ErrorSentences(string Title, string WhatToDo)
{
    public static ErrorSentences Of(int status) => status switch
    {
        400 => new("This request was not understood", "If it came from a form, the form may have grown old: go back, reload the page and send it again."),
        401 => new("Please sign in", "This page is for people who are signed in."),
        403 => new("This was refused", "Nothing has been changed."),
        404 => new("There is no such page", "The address may be mistyped or out of date, or the page may not be meant for you."),
        405 => new("That cannot be done here", "The page exists, but not for this kind of request. Open it from the site itself."),
        408 => new("Your request did not arrive in time", "The connection may be slow. Try again."),
        413 => new("That was too large", "Send less: a smaller file or a shorter text."),
        415 => new("This format is not accepted", "Send it in another format."),
        429 => new("Too many requests", "You are faster than this site allows. Wait a little, then try again."),
        431 => new("Your browser sent too much", "Clear this site's cookies, then try again."),
        503 => new("Not available right now", "This is on our side and should pass soon. Try again in a moment."),
        504 => new("That took too long", "This is on our side. Try again in a moment."),
        >= 500 => new("Something went wrong", "This is on our side, and it has been noted. Try again; if it stays, tell us the code below."),
        _ => new(ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : $"Error {status}", "Go back and try it another way."),
    };
}

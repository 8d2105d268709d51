using Tests.Parts;

namespace Tests.Docs;

/// <summary>Links inside the documentation.</summary>
public sealed class LinkTests
{
    [Fact]
    public void Every_link_leads_to_a_file_and_to_a_heading_that_exist()
    {
        var pages = Page.All.ToDictionary(page => page.Path);
        var links = Page.All.SelectMany(page => page.Links.Where(link => !link.Contains("://", StringComparison.Ordinal) && !IsOfASampleThatHasGone(link)).Select(link => (Page: page, Link: link))).ToArray();
        Assert.NotEmpty(links);

        Problems.None(links.Where(link => !Leads(link.Page, link.Link)).Select(link => $"{link.Page}: {link.Link}"));

        bool Leads(Page page, string link)
        {
            var (path, anchor) = link.Split('#') is [var before, var after] ? (before, after) : (link, null);
            var target = path.Length == 0 ? Path.Combine(Repository.Root, page.Path) : Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page.Path)!, path));
            return Path.Exists(target) && (anchor is null || pages[Path.GetRelativePath(Repository.Root, target).Replace('\\', '/')].Anchors.Contains(anchor));
        }
    }

    /// <summary>Whoever deletes the sample need not go through all pages that point to it.</summary>
    private static bool IsOfASampleThatHasGone(string link) =>
        link.Contains("notes", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(Path.Combine(Repository.Root, "WebApp", "Notes"));

    [Fact]
    public void Every_page_is_reached_from_the_readme()
    {
        var reached = new HashSet<string> { "README.md" };
        var pages = Page.All.ToDictionary(page => page.Path);
        for (var next = new Queue<Page>([pages["README.md"]]); next.TryDequeue(out var page);)
        {
            foreach (var link in page.Links.Where(link => !link.Contains("://", StringComparison.Ordinal)))
            {
                var target = Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page.Path)!, link.Split('#')[0]))).Replace('\\', '/');
                if (pages.TryGetValue(target, out var found) && reached.Add(target))
                {
                    next.Enqueue(found);
                }
            }
        }

        Problems.None(pages.Keys.Where(path => path.StartsWith("docs/", StringComparison.Ordinal)).Except(reached));
    }
}

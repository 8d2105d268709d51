namespace Tests.Parts;

/// <summary>What a test keeps in a database.</summary>
public class Book
{
    public int Id { get; set; }

    public string Title { get; set; } = "";

    public string? OwnerId { get; set; }

    public bool IsPublished { get; set; }

    public int Price { get; set; }

    public string? Remark { get; set; }

    public string Shelf { get; set; } = "never shown";
}

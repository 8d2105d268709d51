/// <summary>
/// Internal, where ASP.NET Core's generator would make it public: in Tests, <c>Program</c> is the web app and nothing else.
/// </summary>
internal partial class Program;

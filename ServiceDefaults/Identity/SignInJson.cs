using System.Text.Json.Serialization;

namespace ServiceDefaults.Identity;

/// <summary>How sign-ins are written for a store; generated, so that no process has to find it out by reflection.</summary>
[JsonSerializable(typeof(SignInRecord))]
[JsonSerializable(typeof(Dictionary<string, SignInRecord>))]
internal sealed partial class SignInJson : JsonSerializerContext;

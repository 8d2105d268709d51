namespace ServiceDefaults.CrossOrigin;

/// <summary>Lets every origin send to this page or action: for one that trusts neither cookies nor the visitor's network.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AllowCrossOriginAttribute : Attribute;

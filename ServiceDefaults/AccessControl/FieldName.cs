using System.Linq.Expressions;
using System.Reflection;

namespace ServiceDefaults.AccessControl;

/// <summary>The property that an expression such as <c>note => note.Title</c> names.</summary>
internal static class FieldName
{
    public static string Of(LambdaExpression field) => field.Body is MemberExpression { Member: PropertyInfo property, Expression: ParameterExpression }
        ? property.Name
        : throw new ArgumentException($"{field} names no property of the item: write it as item => item.Property.", nameof(field));
}

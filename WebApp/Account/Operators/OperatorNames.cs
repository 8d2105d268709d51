using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using WebApp.Account.Users;

namespace WebApp.Account.Operators;

/// <summary>Nobody becomes an operator by registering a name that the configuration lists: it counts as taken.</summary>
/// <param name="options">Who they are.</param>
public sealed class OperatorNames(IOptions<OperatorOptions> options) : IUserValidator<User>
{
    public async Task<IdentityResult> ValidateAsync(UserManager<User> manager, User user) =>
        options.Value.Include(user.Name) && await manager.FindByIdAsync(user.Id) is null
            ? IdentityResult.Failed(manager.ErrorDescriber.DuplicateUserName(user.Name))
            : IdentityResult.Success;
}

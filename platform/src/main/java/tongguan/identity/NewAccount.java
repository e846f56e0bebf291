package tongguan.identity;

import org.jspecify.annotations.Nullable;

/**
 * What an administrator says of an account.
 *
 * @param clearance 0 ordinary, 1 secret, 2 confidential (普通, 密, 機密)
 * @param mail where single-use secrets go
 * @param source {@code local}, {@code ldap} or {@code oidc}: who knows its password
 * @param subject who it is there; null for a local account
 */
public record NewAccount(
    LoginName name,
    String nameZh,
    String nameEn,
    String unit,
    int clearance,
    @Nullable String mail,
    String source,
    @Nullable String subject) {

  /** The same, proven by someone else: {@code ldap} or {@code oidc}. */
  public NewAccount from(String provider, String subjectThere) {
    return new NewAccount(name, nameZh, nameEn, unit, clearance, mail, provider, subjectThere);
  }
}

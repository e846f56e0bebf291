package tongguan.identity;

import org.jspecify.annotations.Nullable;

/**
 * What an administrator says of an account.
 *
 * @param clearance 0 ordinary, 1 secret, 2 confidential (普通, 密, 機密)
 * @param mail where single-use secrets go
 * @param subject who it is at the directory that it comes from
 */
public record NewAccount(
    LoginName name,
    String nameZh,
    String nameEn,
    String unit,
    int clearance,
    @Nullable String mail,
    String source,
    @Nullable String subject) {}

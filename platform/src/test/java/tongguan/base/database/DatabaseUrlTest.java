package tongguan.base.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tongguan.base.StartFailure;

class DatabaseUrlTest {
  @ParameterizedTest
  @CsvSource({
    "postgresql://app:pw@db:5433/customs, jdbc:postgresql://db:5433/customs, app, pw",
    "jdbc:postgresql://app:pw@db/customs, jdbc:postgresql://db/customs, app, pw",
    "postgres://app@db/customs, jdbc:postgresql://db/customs, app, ''",
    "postgresql://db/customs, jdbc:postgresql://db/customs, tongguan, ''",
    "postgresql://app:p%40s%2Fs+w@[::1]:5432/customs, jdbc:postgresql://[::1]:5432/customs, app, p@s/s+w",
    "postgresql://app:pw@db/customs?sslmode=require, jdbc:postgresql://db/customs?sslmode=require, app, pw"
  })
  void isReadAsLibpqWritesIt(String text, String jdbc, String user, String password) {
    assertThat(DatabaseUrl.parse(text)).isEqualTo(new DatabaseUrl(jdbc, user, password));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://app:s3cret@db/x",
        "postgresql:app:s3cret",
        "s3cret",
        "postgresql://a b/c"
      })
  void whatCannotBeReadIsNotRepeated(String text) {
    assertThatThrownBy(() -> DatabaseUrl.parse(text))
        .isInstanceOfSatisfying(
            StartFailure.class,
            failure -> assertThat(failure.exitCode()).isEqualTo(StartFailure.USAGE))
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void isPrintedWithoutItsPassword() {
    assertThat(DatabaseUrl.parse("postgresql://app:s3cret@db/customs"))
        .asString()
        .isEqualTo("jdbc:postgresql://db/customs as app");
  }
}

package tongguan.record;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What each message told, in the order in which it was applied. */
final class FactLog {
  private final Connection transaction;

  FactLog(Connection transaction) {
    this.transaction = transaction;
  }

  private record Entry(UUID message, String subject, String key, String what, Instant at) {
    static Entry of(Fact fact) {
      Told told = fact.told();
      return new Entry(told.message(), fact.subject(), fact.key(), fact.what(), told.at());
    }
  }

  void append(List<Fact> facts) throws SQLException {
    Rows.write(transaction, APPEND, facts.stream().map(Entry::of).toList());
  }

  private static final String APPEND =
      """
      insert into record.fact (message, subject, key, what, at)
      select message, subject, key, what, at
      from json_to_recordset(?::json)
        as f(message uuid, subject text, key text, what text, at timestamptz)
      """;
}

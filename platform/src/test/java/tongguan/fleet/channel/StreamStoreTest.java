package tongguan.fleet.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.Platform;
import tongguan.base.database.Database;
import tongguan.base.database.DatabaseUrl;
import tongguan.base.database.TestDatabase;

/** What the registry says of held streams, whenever it was that something changed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamStoreTest {
  private final DatabaseUrl url = TestDatabase.fresh(Platform.ROOMS);
  private final Database database = new Database(url, 2);
  private final UUID node = UUID.randomUUID();
  private final UUID holder = UUID.randomUUID();
  private int count;

  @BeforeAll
  void holder() {
    TestDatabase.execute(
        url,
        """
        insert into identity.account (id, name, name_zh, name_en, unit, offline_key)
        values ('%s', 'holder', '保管人', 'Holder', 'A', decode(repeat('00', 32), 'hex'))
        """
            .formatted(holder));
  }

  @AfterAll
  void close() {
    database.close();
  }

  /** An assigned device with a stream that was opened a day ago and reported a minute ago. */
  private UUID held() {
    UUID device = UUID.randomUUID();
    String number = "%032x".formatted(++count);
    TestDatabase.execute(
        url,
        """
        insert into fleet.device (id, serial, kind, unit, state, holder)
        values ('%1$s', 'NB-%2$d', 'notebook', 'A', 'assigned', '%3$s');
        insert into fleet.certificate (serial, device, key_digest, certificate, ends_at)
        values (decode('%4$s', 'hex'), '%1$s', sha256('%4$s'), '', now() + interval '1 day');
        insert into fleet.contact (device, at) values ('%1$s', now() - interval '1 minute');
        insert into fleet.stream (device, stream, node, serial, opened_at)
        values ('%1$s', '%1$s', '%5$s', decode('%4$s', 'hex'), now() - interval '1 day');
        """
            .formatted(device, count, holder, number, node));
    return device;
  }

  private void change(String sql, UUID device) {
    TestDatabase.execute(url, sql.formatted(device));
  }

  private Map<UUID, @Nullable String> verdicts() {
    Map<UUID, @Nullable String> verdicts = new HashMap<>();
    List<StreamStore.Registered> all =
        database.query(connection -> new StreamStore(connection).all(node));
    all.forEach(stream -> verdicts.put(stream.device(), stream.over()));
    return verdicts;
  }

  @Test
  void eachStreamHoldsOrIsOverForAReasonAndThoseThatWereCutOffAreKeptForTheWipe() {
    UUID good = held();
    UUID revoked = held();
    change(
        "update fleet.certificate set revoked_at = now() - interval '1 hour', revoked_why = 'test' where device = '%s'",
        revoked);
    UUID ended = held();
    change("update fleet.certificate set ends_at = now() where device = '%s'", ended);
    UUID returned = held();
    change("update fleet.device set state = 'in-stock', holder = null where id = '%s'", returned);
    UUID silent = held();
    change("update fleet.contact set at = now() - interval '1 hour' where device = '%s'", silent);
    UUID neverReported = held();
    change("delete from fleet.contact where device = '%s'", neverReported);
    UUID lost = held();
    change("update fleet.device set state = 'lost' where id = '%s'", lost);
    change(
        "update fleet.certificate set revoked_at = now(), revoked_why = 'lost' where device = '%s'",
        lost);
    UUID toBeWiped = held();
    change("update fleet.device set state = 'retired' where id = '%s'", toBeWiped);
    change(
        "insert into fleet.command (device, number, kind, body, signature) values ('%s', 1, 'wipe', '{}', '')",
        toBeWiped);

    Map<UUID, @Nullable String> verdicts = verdicts();
    assertThat(verdicts.get(good)).isNull();
    assertThat(verdicts.get(revoked)).isEqualTo("revoked");
    assertThat(verdicts.get(ended)).isEqualTo("ended");
    assertThat(verdicts.get(returned)).isEqualTo("device-in-stock");
    assertThat(verdicts.get(silent)).isEqualTo("silent");
    assertThat(verdicts.get(neverReported)).isEqualTo("silent");
    assertThat(verdicts.get(lost)).isNull();
    assertThat(verdicts.get(toBeWiped)).isNull();
    assertThat(verdicts).containsKeys(good, lost, toBeWiped);
  }

  /** The round's question must not grow with what is held: it starts from what changed. */
  @Test
  void theQuestionOfARoundReadsNoTableWhole() {
    String plan =
        database.query(connection -> {
          try (var statement =
              connection.prepareStatement("explain (format text) " + StreamStore.CHANGES)) {
            for (int i = 1; i <= 4; i++) {
              statement.setObject(i, node);
            }
            StringBuilder lines = new StringBuilder();
            try (var row = statement.executeQuery()) {
              while (row.next()) {
                lines.append(row.getString(1)).append('\n');
              }
            }
            return lines.toString();
          }
        });

    assertThat(plan)
        .doesNotContain("Seq Scan")
        .contains("certificate_revoked", "device_changed", "command_new", "stream_pkey")
        .doesNotContain("stream_of_node");
  }

  @Test
  void whatRanOutUnansweredIsSaidToHaveRunOut() {
    UUID device = held();
    change(
        "insert into fleet.command (device, number, kind, body, signature, ends_at) values ('%s', 1, 'message', '{}', '', now() - interval '1 hour')",
        device);
    change(
        "insert into fleet.command (device, number, kind, body, signature) values ('%s', 2, 'wipe', '{}', '')",
        device);

    int unused = database.query(connection -> new CommandStore(connection).expire());

    assertThat(
            TestDatabase.text(
                url,
                "select string_agg(coalesce(outcome, 'waiting'), ' ' order by number) from fleet.command where device = '"
                    + device
                    + "'"))
        .isEqualTo("expired waiting");
  }
}

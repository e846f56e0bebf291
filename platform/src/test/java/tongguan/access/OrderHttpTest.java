package tongguan.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tongguan.identity.PasswordCost;

/**
 * Suite S2, the order of the checks (rule 3): a wrong device, a wrong unit, a lost device and a
 * blocked SIM are refused with one word for right, wrong and unknown passwords, in the same time,
 * and take no try.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("timing")
class OrderHttpTest {
  private static final int TRIES = 500;

  /** Of a refused log-in most is waiting, so that many fit into a processor. */
  private static final int WAITING = 25;

  /** Who is not even heard hears so at once. */
  private static final int AT_ONCE = 2;

  private Field field;
  private final Map<String, HttpClient> wrong = new LinkedHashMap<>();

  @BeforeAll
  void start() {
    field = new Field(new PasswordCost(64, 1));
    // Whoever tries as often as this is slowed down otherwise.
    field.execute(
        "update identity.policy set most = 100000, value = 100000 where code = 'guess-limit'");
    SignedIn.account(field.platform, "known", "A", 1, "officer", "all");
    TestDevice used = ready();
    wrong.put("wrong device", ready().clientFrom(used.address));
    wrong.put("wrong unit", ready().of("B").client());
    wrong.put("lost device", ready().lost().client());
    wrong.put("blocked SIM", ready().simBlocked().client());
  }

  private TestDevice ready() {
    return field.aDevice().assigned().withSim().online();
  }

  @AfterAll
  void stop() {
    field.close();
  }

  /** What is tried, each of which may be right for all the one who tries can tell. */
  private List<SignedIn> tries(HttpClient client) {
    return List.of(
        field.stranger("known", client),
        field.stranger("known", client),
        field.stranger("unheard-of", client));
  }

  private static HttpResponse<String> attempt(int which, SignedIn stranger) {
    return stranger.logIn(which == 0 ? SignedIn.PASSWORD : "a password of somebody else");
  }

  @Test
  void s2p8eachIsRefusedWithOneWordAndTakesNoTry() {
    String refused =
        "select count(*) from audit.entry where act = 'login' and code = 'device-of-others'";
    int before = Integer.parseInt(field.value(refused));
    wrong.forEach((name, client) -> {
      List<SignedIn> strangers = tries(client);
      List<String> answers = new ArrayList<>();
      for (int i = 0; i < strangers.size(); i++) {
        HttpResponse<String> response = attempt(i, strangers.get(i));
        answers.add(
            response.statusCode()
                + response.body().replaceAll("\"correlation\":\"[^\"]*\"", "")
                + response.headers().allValues("Set-Cookie"));
      }
      assertThat(answers).as(name).containsOnly(answers.getFirst());
      assertThat(answers.getFirst()).as(name).startsWith(name.equals("wrong unit") ? "401" : "403");
    });
    assertThat(field.value("select coalesce(sum(fails), 0) from identity.tries")).isEqualTo("0");
    assertThat(field.value("select count(*) from identity.session")).isEqualTo("0");
    assertThat(Integer.parseInt(field.value(refused))).isEqualTo(before + 2);
  }

  @Test
  void s2theTimeTellsNothingInFiveHundredTries() {
    List<String> passwords = List.of("right", "wrong", "of nobody");
    wrong.forEach((name, client) -> {
      int lanes = name.equals("wrong unit") ? WAITING : AT_ONCE;
      List<List<SignedIn>> strangers = Stream.generate(() -> tries(client)).limit(lanes).toList();
      new SameTime(passwords, lanes)
          .prove(
              name,
              TRIES / passwords.size() + 1,
              SameTime::nothingToTell,
              (which, lane) ->
                  assertThat(attempt(which, strangers.get(lane).get(which)).statusCode())
                      .isIn(401, 403));
    });
  }
}

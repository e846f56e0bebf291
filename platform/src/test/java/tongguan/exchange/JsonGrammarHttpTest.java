package tongguan.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The grammar of RFC 8259, production by production, over HTTP: what it allows is read (and then
 * refused for what it says), what it does not allow is refused as no JSON. With {@link
 * MalformedJsonHttpTest} these are more cases than the 318 of the row JSON of "Malformed inputs".
 */
class JsonGrammarHttpTest {
  private static final int LEAST_CASES = 318;

  private record Case(String value, boolean valid) {}

  @Test
  void whatTheGrammarAllowsIsReadAndNothingElse() {
    List<Case> cases = cases();
    long others =
        MalformedJsonHttpTest.notJson().count() + MalformedJsonHttpTest.noMessage().count();
    assertThat(cases.size() + others).isGreaterThanOrEqualTo(LEAST_CASES);
    List<String> wrong = new ArrayList<>();
    try (Node node = Node.start()) {
      for (Case one : cases) {
        HttpResponse<String> response =
            node.post("application/json", "{\"kind\":\"none\",\"v\":" + one.value() + "}");
        boolean read = response.statusCode() == 200 && isReadAndUnknown(Node.json(response));
        if (read != one.valid() || response.statusCode() >= 500) {
          wrong.add("%s: %d %s".formatted(one, response.statusCode(), response.body()));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static boolean isReadAndUnknown(JsonNode reply) {
    return reply.at("/messages/0/reason/code").asString().equals("unknown-kind");
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    numbers(cases);
    escapes(cases);
    controls(cases);
    literals(cases);
    structures(cases);
    blanks(cases);
    return cases;
  }

  private static void add(List<Case> cases, boolean valid, String... values) {
    for (String value : values) {
      cases.add(new Case(value, valid));
    }
  }

  /** Section 6: [ minus ] int [ frac ] [ exp ]. */
  private static void numbers(List<Case> cases) {
    for (String minus : List.of("", "-")) {
      for (String whole : List.of("0", "7", "10", "1234567890")) {
        for (String fraction : List.of("", ".0", ".25")) {
          for (String exponent : List.of("", "e1", "E+2", "e-3")) {
            add(cases, true, minus + whole + fraction + exponent);
          }
        }
      }
    }
    add(
        cases,
        false,
        "+1",
        "--1",
        "-",
        "- 1",
        "00",
        "01",
        "-01",
        "1.",
        "-1.",
        ".5",
        "-.5",
        "1.e1",
        "1e",
        "1E+",
        "1e-",
        "1e1.5",
        "1e1e1",
        "1.2.3",
        "0x1F",
        "0b1",
        "0o7",
        "1_000",
        "1,000",
        "1f",
        "1d",
        "1L",
        "1n",
        "\uff11",
        "\u0661",
        "1e\uff11",
        "Infinity",
        "-Infinity",
        "NaN",
        "-NaN",
        "1 2",
        "1/2",
        "1+1",
        "(1)",
        "1;",
        "$1",
        "1%",
        "\u221e",
        "1\u00a0");
  }

  /** Section 7: what may stand behind a backslash. */
  private static void escapes(List<Case> cases) {
    for (char c = ' '; c < 127; c++) {
      if (c != 'u') {
        add(cases, "\"\\/bfnrt".indexOf(c) >= 0, "\"\\" + c + "\"");
      }
    }
    add(
        cases,
        true,
        "\"\\u0041\"",
        "\"\\u00e9\"",
        "\"\\u4E2D\"",
        "\"\\u0001\"",
        "\"\\ud83d\\ude00\"",
        "\"\\\\u12\"");
    add(
        cases,
        false,
        "\"\\u\"",
        "\"\\u1\"",
        "\"\\u12\"",
        "\"\\u123\"",
        "\"\\u123g\"",
        "\"\\u 123\"",
        "\"\\u-123\"",
        "\"\\u+123\"",
        "\"\\U0041\"",
        "\"\\x41\"",
        "\"\\101\"",
        "\"\\u{41}\"",
        "\"\\\u0130\"",
        "\"abc\\\"",
        "\"",
        "\"a",
        "a\"",
        "'a'",
        "`a`",
        "\u201ca\u201d");
  }

  /** Section 7: characters below U+0020 stand in a string by an escape only. */
  private static void controls(List<Case> cases) {
    for (char c = 0; c < ' '; c++) {
      add(cases, false, "\"a" + c + "b\"");
    }
    add(
        cases,
        true,
        "\"a\u007fb\"",
        "\"a\u00a0b\"",
        "\"a\u2028b\"",
        "\"a\ufeffb\"",
        "\"\ud83d\ude00\"");
  }

  /** Section 3: three literal names, in lower case. */
  private static void literals(List<Case> cases) {
    add(cases, true, "true", "false", "null");
    add(
        cases,
        false,
        "True",
        "TRUE",
        "tru",
        "truee",
        "False",
        "fals",
        "Null",
        "NULL",
        "nul",
        "nil",
        "none",
        "None",
        "undefined",
        "yes",
        "on",
        "t",
        "f",
        "n",
        "\u0442rue",
        "true false",
        "a",
        "_");
  }

  /** Sections 4 and 5. */
  private static void structures(List<Case> cases) {
    add(
        cases,
        true,
        "[]",
        "{}",
        "[[]]",
        "[{}]",
        "{\"\":0}",
        "{\"a\":{}}",
        "[1,\"a\",true,null,[],{}]",
        "{\"a\":1,\"b\":2}",
        "[[[[[[[[[[]]]]]]]]]]",
        "\"\"");
    add(
        cases,
        false,
        "[",
        "]",
        "[[]",
        "[]]",
        "[1",
        "[1,",
        "[,",
        "[,]",
        "[1,]",
        "[1,,2]",
        "[,1]",
        "[1 2]",
        "[1;2]",
        "[1:2]",
        "[:]",
        "[\"a\":1]",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{,}",
        "{\"a\"}",
        "{\"a\",\"b\"}",
        "{\"a\":}",
        "{:1}",
        "{\"a\":1:2}",
        "{\"a\"::1}",
        "{\"a\" 1}",
        "{\"a\"=1}",
        "{a:1}",
        "{'a':1}",
        "{1:1}",
        "{null:1}",
        "{true:1}",
        "{[]:1}",
        "{{}:1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1;\"b\":2}",
        "[}",
        "{]",
        "[1}",
        "{\"a\":1]",
        "",
        ",",
        ":",
        "()",
        "<a/>",
        "&a",
        "*a",
        "!a",
        "[...]",
        "[*]");
  }

  /** Section 2: four blanks, no others, and no comments. */
  private static void blanks(List<Case> cases) {
    add(cases, true, " 1", "\t1", "\n1", "\r1", "1 ", "[ 1 , 2 ]", "[\r\n1\t]", "{ \"a\" : 1 }");
    for (String blank :
        List.of(
            "\u000b", "\f", "\u0085", "\u00a0", "\u1680", "\u2003", "\u2028", "\u3000", "\ufeff",
            "\u0000")) {
      add(cases, false, blank + "1", "[1" + blank + "]");
    }
    add(cases, false, "/**/1", "1/**/", "//\n1", "#\n1", "1 --x", "<!-- -->1");
  }
}

package tongguan.core.customs;

/**
 * The statements with which the platform works at customs administration's database: four views and
 * functions and one table of theirs, and nothing else. The platform's account has rights to these
 * alone.
 */
final class Desk {
  private Desk() {}

  /** The same order again is the same order. */
  static final String SUBMIT =
      """
      insert into desk.inbox (key, officer, declaration, act, body, confirmed_at)
      values (?, ?, ?, ?, ?::jsonb, ?)
      on conflict (key) do nothing
      """;

  /** Nothing for an order that is not there; working for one that nobody has come to. */
  static final String ASK =
      """
      select key::text, declaration, state, reference, code, text
      from desk.outcome
      where key = ?
      """;

  static final String EVENTS =
      """
      select number, message::text
      from desk.event
      where number > ?
      order by number
      limit ?
      """;

  /** Either a token or a code. */
  static final String SIGN_IN = "select token, officer, until, code, text from desk.sign_in(?, ?)";

  static final String SIGN_OUT = "select desk.sign_out(?)";

  static final String LOOK_UP =
      "select record::text, record_key, as_of, code, text from desk.look_up(?, ?, ?)";
}

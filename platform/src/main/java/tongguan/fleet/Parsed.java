package tongguan.fleet;

import tongguan.base.Problem.Texts;

/** What a typed value was read as: the value in its one form, or what was expected instead. */
public sealed interface Parsed<T> {
  record Good<T>(T value) implements Parsed<T> {}

  record Bad<T>(Texts expected) implements Parsed<T> {}

  static <T> Parsed<T> bad(String zh, String en) {
    return new Bad<>(new Texts(zh, en));
  }
}

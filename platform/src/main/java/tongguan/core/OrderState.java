package tongguan.core;

import java.util.UUID;

/**
 * What a core system says of one order, whatever it wrote that in. Held against the question before
 * anything of it counts.
 *
 * @param state {@code working}, {@code done}, {@code refused} or {@code never-seen}
 */
public record OrderState(
    String key, String declaration, String state, String reference, String code, String text) {

  /** Of an order just handed in. */
  public Submitted submitted(Order order) throws NotUnderstood {
    check(order.key(), order.declaration());
    return switch (state) {
      case "working", "done" -> new Submitted.Taken(reference);
      case "refused" -> new Submitted.Refused(code, text);
      default -> throw new NotUnderstood("a state of an order that it cannot have");
    };
  }

  /** Of an order that was asked for. */
  public Asked asked(UUID asked, String about) throws NotUnderstood {
    if (state.equals("never-seen") && key.equals(asked.toString())) {
      return new Asked.NeverSeen();
    }
    check(asked, about);
    return switch (state) {
      case "working" -> new Asked.Working();
      case "done" -> new Asked.Done(reference);
      case "refused" -> new Asked.Refused(code, text);
      default -> throw new NotUnderstood("a state of an order that there is not");
    };
  }

  private void check(UUID asked, String about) throws NotUnderstood {
    if (!key.equals(asked.toString())) {
      throw NotUnderstood.aboutAnother("order");
    }
    if (!declaration.equals(about)) {
      throw NotUnderstood.aboutAnother("declaration");
    }
  }
}

package tongguan.core;

/** An answer that cannot be believed. The text is ours and holds nothing of the answer. */
public final class NotUnderstood extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean alarm;

  private NotUnderstood(String why, boolean alarm) {
    super(why, null, false, false);
    this.alarm = alarm;
  }

  public NotUnderstood(String why) {
    this(why, false);
  }

  /** A good answer to another question: someone mixes up what belongs to whom. */
  public static NotUnderstood aboutAnother(String what) {
    return new NotUnderstood("an answer about another " + what, true);
  }

  boolean isAlarm() {
    return alarm;
  }
}

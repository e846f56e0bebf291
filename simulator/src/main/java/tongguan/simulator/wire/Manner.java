package tongguan.simulator.wire;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;

/** How a sender writes EDIFACT: separators, line ends, character set, declared and real. */
public enum Manner {
  PLAIN("", ":+?'", "", "UNOC:3", StandardCharsets.UTF_8),
  LINES("UNA:+.? '", ":+?'", "\r\n", "UNOY:4", StandardCharsets.UTF_8),
  MAINFRAME("UNA:+.? '", ":+?'", "", "UNOA:2", Charset.forName("x-windows-950")),
  FOREIGN("UNA;|.? ~", ";|?~", "\n", "UNOC:3", StandardCharsets.UTF_8),
  LATIN("UNA:+,? '", ":+?'", "\n", "UNOC:3", StandardCharsets.ISO_8859_1);

  private static final int COLUMNS = 80;

  final String advice;
  final String ends;
  final String syntax;
  private final String separators;
  private final Charset charset;

  Manner(String advice, String separators, String ends, String syntax, Charset charset) {
    this.advice = advice;
    this.separators = separators;
    this.ends = ends;
    this.syntax = syntax;
    this.charset = charset;
  }

  char betweenComponents() {
    return separators.charAt(0);
  }

  char betweenElements() {
    return separators.charAt(1);
  }

  char release() {
    return separators.charAt(2);
  }

  char terminator() {
    return separators.charAt(3);
  }

  boolean separates(char c) {
    return separators.indexOf(c) >= 0;
  }

  char decimalMark() {
    return advice.isEmpty() ? '.' : advice.charAt(5);
  }

  boolean datesAreLong() {
    return syntax.endsWith(":4");
  }

  public boolean writesChinese() {
    return charset != StandardCharsets.ISO_8859_1;
  }

  /** The text as this sender can spell it: Big5 has no accented letters. */
  String spelled(String text) {
    return this == MAINFRAME
        ? Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "").replace('Ø', 'O')
        : text;
  }

  byte[] bytes(StringBuilder interchange) {
    String whole = this == MAINFRAME ? inColumns(interchange) : interchange.toString();
    return whole.getBytes(charset);
  }

  /** Eighty columns a line, wherever that falls, as mainframes do it. */
  private static String inColumns(StringBuilder text) {
    StringBuilder lines = new StringBuilder(text.length() + text.length() / 40 + 2);
    for (int at = 0; at < text.length(); at += COLUMNS) {
      lines.append(text, at, Math.min(at + COLUMNS, text.length())).append("\r\n");
    }
    return lines.toString();
  }
}

package tongguan.bonded;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import tools.jackson.databind.JsonNode;

/**
 * Pages of A4 that are written from the top down, with what they use of the font inside. Nothing in
 * the file depends on when or where it is made. Lengths are points, 72 to the inch.
 */
final class Sheet implements Closeable {
  private static final float MARGIN = 50;
  private static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;
  private static final float SIZE = 10;
  private static final float LEADING = 15;
  private static final float LABEL = 150;

  /** Shares of the width that the columns of a table take. */
  private static final float[] COLUMNS = {0.16f, 0.32f, 0.1f, 0.14f, 0.14f, 0.14f};

  private final PDDocument document = new PDDocument();
  private final PDFont font;
  private final String name;
  private PDPageContentStream page;
  private float y;

  Sheet(String name, Instant at) throws IOException {
    this.name = name;
    try (InputStream file =
        Objects.requireNonNull(
            Sheet.class.getResourceAsStream("/tongguan/fonts/NotoSansTC-Big5.ttf"))) {
      font = PDType0Font.load(document, file, true);
    }
    Calendar moment = new GregorianCalendar(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    moment.setTimeInMillis(at.toEpochMilli());
    document.getDocumentInformation().setTitle(name);
    document.getDocumentInformation().setCreationDate(moment);
    document.setDocumentId(at.toEpochMilli());
    page = begin();
  }

  private PDPageContentStream begin() throws IOException {
    PDPage fresh = new PDPage(PDRectangle.A4);
    document.addPage(fresh);
    y = PDRectangle.A4.getHeight() - MARGIN;
    return new PDPageContentStream(document, fresh);
  }

  private void room(float height) throws IOException {
    if (y - height < MARGIN + LEADING) {
      page.close();
      page = begin();
    }
  }

  void title(String zh, String en) throws IOException {
    y -= 20;
    text(MARGIN, 20, zh);
    y -= 18;
    text(MARGIN, 12, en);
    y -= 12;
  }

  void heading(String words) throws IOException {
    room(3 * LEADING);
    y -= LEADING + 10;
    text(MARGIN, 12, words);
    y -= 5;
    line(MARGIN, MARGIN + WIDTH);
    y -= 2;
  }

  void fact(String label, String value) throws IOException {
    List<String> lines = wrapped(value, WIDTH - LABEL, SIZE);
    for (int i = 0; i < lines.size(); i++) {
      room(LEADING);
      y -= LEADING;
      if (i == 0) {
        text(MARGIN, SIZE, label);
      }
      text(MARGIN + LABEL, SIZE, lines.get(i));
    }
  }

  void paragraph(String words) throws IOException {
    for (String line : wrapped(words, WIDTH, SIZE)) {
      room(LEADING);
      y -= LEADING;
      text(MARGIN, SIZE, line);
    }
  }

  /** A row of the table of counts; what is marked has a bar before it. */
  void row(boolean marked, List<String> cells) throws IOException {
    List<List<String>> columns = new ArrayList<>();
    int high = 1;
    for (int i = 0; i < cells.size(); i++) {
      List<String> lines = wrapped(cells.get(i), COLUMNS[i] * WIDTH - 6, SIZE - 1);
      columns.add(lines);
      high = Math.max(high, lines.size());
    }
    room(high * LEADING + 4);
    float top = y;
    float x = MARGIN;
    for (int i = 0; i < columns.size(); i++) {
      y = top;
      for (String line : columns.get(i)) {
        y -= LEADING;
        text(x + 4, SIZE - 1, line);
      }
      x += COLUMNS[i] * WIDTH;
    }
    y = top - high * LEADING - 4;
    line(MARGIN, MARGIN + WIDTH);
    if (marked) {
      page.addRect(MARGIN - 4, y, 2, top - y);
      page.fill();
    }
  }

  /** A drawn signature: strokes within a square of 1000. */
  void strokes(JsonNode strokes) throws IOException {
    float side = 180;
    float height = side * 0.4f;
    room(height + LEADING);
    y -= 5;
    float scale = side / 1000;
    page.setLineWidth(1.2f);
    page.setLineCapStyle(1);
    page.setLineJoinStyle(1);
    for (JsonNode stroke : strokes) {
      boolean first = true;
      for (JsonNode point : stroke) {
        float px = MARGIN + point.get(0).intValue() * scale;
        float py = y - point.get(1).intValue() * scale;
        if (first) {
          page.moveTo(px, py);
        } else {
          page.lineTo(px, py);
        }
        first = false;
      }
      page.stroke();
    }
    y -= height;
  }

  private void line(float from, float to) throws IOException {
    page.setLineWidth(0.5f);
    page.moveTo(from, y);
    page.lineTo(to, y);
    page.stroke();
  }

  private void text(float x, float size, String words) throws IOException {
    page.beginText();
    page.setFont(font, size);
    page.newLineAtOffset(x, y);
    page.showText(shown(words));
    page.endText();
  }

  /** What the font cannot draw stands as a box, so that nobody reads past it. */
  private String shown(String words) {
    StringBuilder shown = new StringBuilder();
    words
        .codePoints()
        .forEach(
            c -> shown.appendCodePoint(canDraw(c) ? c : Character.isWhitespace(c) ? ' ' : '□'));
    return shown.toString();
  }

  private boolean canDraw(int character) {
    try {
      return font.encode(Character.toString(character)).length > 0;
    } catch (IOException | IllegalArgumentException unknown) {
      return false;
    }
  }

  private float width(String words, float size) throws IOException {
    return font.getStringWidth(shown(words)) / 1000 * size;
  }

  /** Lines no longer than this; broken anywhere, as Chinese is. */
  private List<String> wrapped(String words, float most, float size) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int c : words.replace('\n', ' ').codePoints().toArray()) {
      String longer = line + Character.toString(c);
      if (!line.isEmpty() && width(longer, size) > most) {
        int space = c < 0x2e80 ? line.lastIndexOf(" ") : -1;
        String kept = space > 0 ? line.substring(space + 1) : "";
        lines.add(space > 0 ? line.substring(0, space) : line.toString());
        line = new StringBuilder(kept);
      }
      line.appendCodePoint(c);
    }
    lines.add(line.toString());
    return lines;
  }

  /** The whole file, with the number of each page at its foot. */
  byte[] bytes() throws IOException {
    page.close();
    int pages = document.getNumberOfPages();
    for (int i = 0; i < pages; i++) {
      page =
          new PDPageContentStream(
              document, document.getPage(i), PDPageContentStream.AppendMode.APPEND, true);
      y = MARGIN - LEADING;
      text(MARGIN, 8, name + "    " + (i + 1) + " / " + pages);
      page.close();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    document.save(out);
    return out.toByteArray();
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}

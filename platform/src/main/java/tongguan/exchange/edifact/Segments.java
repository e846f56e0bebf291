package tongguan.exchange.edifact;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The segments of one message, held as one text and a few numbers per component, so that a message
 * of a quarter of a million segments takes little more memory than its bytes.
 */
final class Segments implements Iterable<Segment> {
  private final ReadingTime time;
  private final List<String> tags = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int[] firstToken = new int[64];
  private int[] tokenPlace = new int[256];
  private int[] tokenEnd = new int[256];
  private int tokens;

  /** The walk through them ends early where the time for reading is over. */
  Segments(ReadingTime time) {
    this.time = time;
  }

  ReadingTime time() {
    return time;
  }

  int count() {
    return tags.size();
  }

  Segment first() {
    return new Segment(this, 1);
  }

  void open(String tag) {
    if (tags.size() == firstToken.length) {
      firstToken = Arrays.copyOf(firstToken, tags.size() * 2);
    }
    firstToken[tags.size()] = tokens;
    tags.add(MessageSyntax.shared(tag));
  }

  void add(int element, int component, char[] chars, int start, int length) {
    if (tokens == tokenEnd.length) {
      tokenPlace = Arrays.copyOf(tokenPlace, tokens * 2);
      tokenEnd = Arrays.copyOf(tokenEnd, tokens * 2);
    }
    text.append(chars, start, length);
    tokenPlace[tokens] = place(element, component);
    tokenEnd[tokens++] = text.length();
  }

  private static int place(int element, int component) {
    return element << 16 | Math.max(1, component);
  }

  String tag(int segment) {
    return tags.get(segment);
  }

  String value(int segment, int element, int component) {
    int place = place(element, component);
    int last = segment + 1 < tags.size() ? firstToken[segment + 1] : tokens;
    for (int token = firstToken[segment]; token < last; token++) {
      if (tokenPlace[token] == place) {
        return text.substring(token == 0 ? 0 : tokenEnd[token - 1], tokenEnd[token]);
      }
    }
    return "";
  }

  @Override
  public Iterator<Segment> iterator() {
    return new Iterator<>() {
      private int next = 1;

      @Override
      public boolean hasNext() {
        return next <= count() && !time.isOver(next);
      }

      @Override
      public Segment next() {
        return new Segment(Segments.this, next++);
      }
    };
  }
}

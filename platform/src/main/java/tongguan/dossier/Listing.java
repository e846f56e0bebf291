package tongguan.dossier;

import java.util.List;
import java.util.Map;

/**
 * One list of the API as data: what a row is, where rows come from, how they can be narrowed, and
 * in what order they stand. Rows are ordered by {@code time} and {@code key}, both descending,
 * which is also the place where a page begins.
 *
 * @param path of the route
 * @param item the row as a SQL expression that gives a JSON object as text
 * @param from tables
 * @param where what always holds; above all that the reader may see the row
 * @param time sort expression of type timestamptz, never null
 * @param key sort expression of type text, unique among rows of the same time
 * @param filters by the name of the query parameter
 * @param columns of the CSV export
 */
record Listing(
    String path,
    String item,
    String from,
    String where,
    String time,
    String key,
    Map<String, Filter> filters,
    List<Column> columns) {

  /** The last part of its path. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** How a query parameter narrows the list: a condition with one placeholder. */
  record Filter(Kind kind, String condition) {

    enum Kind {
      /** Any text; compared as it is. */
      TEXT,
      /** A date of Taiwan or a moment of RFC 3339, bound as timestamptz. */
      MOMENT,
      /** One of our numbers, bound in compact form. */
      NUMBER
    }

    static Filter text(String condition) {
      return new Filter(Kind.TEXT, condition);
    }

    static Filter moment(String condition) {
      return new Filter(Kind.MOMENT, condition);
    }

    static Filter number(String condition) {
      return new Filter(Kind.NUMBER, condition);
    }
  }

  /**
   * A column of the export: the member of the row's JSON, dotted for nested ones, and its heading.
   */
  record Column(String member, String zh, String en) {}
}

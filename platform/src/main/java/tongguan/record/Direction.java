package tongguan.record;

/** Which way goods cross the border. */
public enum Direction {
  IMPORT,
  EXPORT
}

package tongguan.base.http;

/**
 * Who asks, as the gate found out; what they may see is decided from this and nothing that the
 * client says.
 */
public interface Viewer {
  boolean may(String permission);
}

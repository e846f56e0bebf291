package tongguan.access;

import tongguan.access.source.Origin;
import tongguan.base.http.Viewer;

/** Whoever asks where no one needs to be known. */
record Stranger(Origin origin) implements Viewer {
  @Override
  public boolean may(String permission) {
    return false;
  }
}

package tongguan.access;

import tongguan.base.http.Viewer;

/** Whoever asks where no one needs to be known. */
record Stranger() implements Viewer {
  @Override
  public boolean may(String permission) {
    return false;
  }
}

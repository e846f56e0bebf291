package tongguan.base.http;

import java.util.Set;

/**
 * Who asks, as the gate found out; what they may see is decided from this and nothing that the
 * client says.
 */
public record Viewer(String id, String nameZh, String nameEn, Set<String> permissions) {
  public Viewer {
    permissions = Set.copyOf(permissions);
  }

  public boolean may(String permission) {
    return permissions.contains(permission);
  }
}

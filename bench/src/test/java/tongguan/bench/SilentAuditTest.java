package tongguan.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.audit.Audit;

/** The log that does nothing has the whole face of the one that it stands in for. */
class SilentAuditTest {
  @TempDir static Path scratch;

  @Test
  void itTakesAllThatTheLogTakes() throws Exception {
    Path classes = SilentAudit.compiledIn(scratch);

    // Its own loader: the name is that of the real one.
    try (URLClassLoader alone = new OwnFirst(classes.toUri().toURL())) {
      Class<?> silent = alone.loadClass(Audit.class.getName());
      assertThat(silent).isNotEqualTo(Audit.class);
      assertThat(face(silent)).containsExactlyInAnyOrderElementsOf(face(Audit.class));
    }
  }

  private static Set<String> face(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isBridge())
        .map(Method::toGenericString)
        .collect(Collectors.toSet());
  }

  private static final class OwnFirst extends URLClassLoader {
    OwnFirst(URL classes) {
      super(new URL[] {classes}, SilentAuditTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return name.equals(Audit.class.getName()) ? findClass(name) : super.loadClass(name, resolve);
    }
  }
}

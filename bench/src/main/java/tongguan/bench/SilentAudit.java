package tongguan.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import tongguan.base.StartFailure;

/**
 * The platform without its audit log, for what the log costs. The real one cannot be turned off, so
 * a class that does nothing is compiled and put in its place.
 */
final class SilentAudit {
  private SilentAudit() {}

  /** The folder to put before the platform on a class path. */
  static Path compiledIn(Path scratch) throws IOException {
    Path source = Files.createDirectories(scratch.resolve("silent-source")).resolve("Audit.java");
    try (InputStream text = SilentAudit.class.getResourceAsStream("/silent/Audit.java")) {
      Files.write(source, Objects.requireNonNull(text).readAllBytes());
    }
    Path classes = Files.createDirectories(scratch.resolve("silent"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                said,
                null,
                null,
                List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjects(source))
            .call();
    if (!compiled) {
      throw StartFailure.environment("The silent log did not compile: " + said);
    }
    return classes;
  }
}

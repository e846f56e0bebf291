package tongguan.base.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The digest of all migrations of this version, by name and content. Where the database carries the
 * same one, nothing is to be done, and finding that out costs one statement.
 */
final class Fingerprint {
  private Fingerprint() {}

  static String of(List<String> rooms) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String room : rooms) {
        for (String name : names("migration/" + room)) {
          digest.update(name.getBytes(StandardCharsets.UTF_8));
          digest.update((byte) 0);
          digest.update(content(name));
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static TreeSet<String> names(String folder) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    Enumeration<URL> places = Fingerprint.class.getClassLoader().getResources(folder);
    while (places.hasMoreElements()) {
      URL place = places.nextElement();
      if (place.openConnection() instanceof JarURLConnection jar) {
        addFrom(jar.getJarFile(), folder, names);
      } else {
        addFrom(place, folder, names);
      }
    }
    return names;
  }

  private static void addFrom(JarFile jar, String folder, TreeSet<String> names) {
    jar.stream()
        .map(JarEntry::getName)
        .filter(name -> name.startsWith(folder + '/') && name.endsWith(".sql"))
        .forEach(names::add);
  }

  private static void addFrom(URL place, String folder, TreeSet<String> names) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(place.toURI()))) {
      files
          .map(file -> folder + '/' + file.getFileName())
          .filter(name -> name.endsWith(".sql"))
          .forEach(names::add);
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] content(String name) throws IOException {
    try (InputStream in = Fingerprint.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " was there a moment ago");
      }
      return in.readAllBytes();
    }
  }
}

package tongguan.base.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongguan.base.Limits;

/**
 * The one XML reader against what attackers write (rule 23; the row XML of the malformed inputs).
 */
class XmlTest {
  private static final String CANARY = "canary-42-sings";

  @Test
  void readsElementsTextsAndAttributes() throws Xml.Malformed {
    Element root =
        read(
            "<?xml version='1.0' encoding='UTF-8'?><!-- c --><a xmlns='urn:x' k='&lt;v'>t&amp;<b>1</b><b>2</b><![CDATA[<x>]]>&#x4E2D;</a>");

    assertThat(root.is("urn:x", "a")).isTrue();
    assertThat(root.attributes()).containsEntry("k", "<v");
    assertThat(root.text()).isEqualTo("t&<x>中");
    assertThat(root.all("b")).extracting(Element::text).containsExactly("1", "2");
    assertThat(root.only("b")).isEmpty();
  }

  @Test
  void whatItEscapesComesBackAsItWas() throws Xml.Malformed {
    String text = "<&>\"' 中文 ]]> \uD83D\uDE00 tab\t";
    assertThat(
            read("<a x=\"" + Xml.escaped(text.strip()) + "\">" + Xml.escaped(text) + "</a>").text())
        .isEqualTo(text);
    assertThat(Xml.escaped("a\u0000b\uD800c")).isEqualTo("a\uFFFDb\uFFFDc");
  }

  private static Element read(String xml) throws Xml.Malformed {
    return Xml.read(xml.getBytes(StandardCharsets.UTF_8));
  }

  /** What must be refused, with nothing opened for it. */
  private static List<byte[]> attacks(Path canary, int port) {
    String file = canary.toUri().toString();
    String web = "http://127.0.0.1:" + port + "/x";
    List<String> texts = new ArrayList<>();
    for (String target : List.of(file, web, "jar:" + web + "!/y", "ftp://127.0.0.1:" + port)) {
      texts.add("<!DOCTYPE a [<!ENTITY x SYSTEM '" + target + "'>]><a>&x;</a>");
      texts.add("<!DOCTYPE a SYSTEM '" + target + "'><a/>");
      texts.add("<!DOCTYPE a PUBLIC 'p' '" + target + "'><a/>");
      texts.add("<!DOCTYPE a [<!ENTITY % p SYSTEM '" + target + "'> %p;]><a/>");
      texts.add("<!DOCTYPE a [<!NOTATION n SYSTEM '" + target + "'>]><a/>");
    }
    texts.add(laughs());
    texts.add(quadratic());
    texts.add("<!DOCTYPE a><a/>");
    texts.add("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>");
    texts.add("<!DOCTYPE a [<!ATTLIST a b CDATA 'c'>]><a/>");
    texts.add("<a>&x;</a>");
    texts.add("<a b='&x;'/>");
    texts.add("<a>".repeat(Limits.XML_DEPTH + 1) + "</a>".repeat(Limits.XML_DEPTH + 1));
    texts.add("<a>".repeat(200_000));
    texts.add("<a" + attributes(Limits.XML_ATTRIBUTES + 1) + "/>");
    texts.add("<a>" + "<b/>".repeat(Limits.XML_ELEMENTS) + "</a>");
    texts.add("<a>" + "x".repeat(Limits.XML_TEXT_CHARACTERS + 1) + "</a>");
    texts.add("<a b='1' b='2'/>");
    texts.add("<a><?php echo 1 ?></a>");
    texts.add("<a/><b/>");
    texts.add("<a></b>");
    texts.add("");
    texts.add("<a>\u0000</a>");
    texts.add("<p:a/>");
    List<byte[]> all = new ArrayList<>();
    texts.forEach(text -> all.add(text.getBytes(StandardCharsets.UTF_8)));
    String plain = "<!DOCTYPE a [<!ENTITY x SYSTEM '" + file + "'>]><a>&x;</a>";
    for (String charset : List.of("UTF-16", "UTF-16LE", "UTF-32", "IBM037")) {
      all.add(
          ("<?xml version='1.0' encoding='" + charset + "'?>" + plain)
              .getBytes(Charset.forName(charset)));
    }
    all.add(new byte[Limits.XML_BYTES + 1]);
    return all;
  }

  private static String laughs() {
    StringBuilder xml = new StringBuilder("<!DOCTYPE a [<!ENTITY l0 'ha'>");
    for (int i = 1; i < 30; i++) {
      xml.append("<!ENTITY l").append(i).append(" '").append(("&l" + (i - 1) + ";").repeat(10));
      xml.append("'>");
    }
    return xml.append("]><a>&l29;</a>").toString();
  }

  private static String quadratic() {
    return "<!DOCTYPE a [<!ENTITY x '"
        + "y".repeat(50_000)
        + "'>]><a>"
        + "&x;".repeat(50_000)
        + "</a>";
  }

  private static String attributes(int count) {
    StringBuilder some = new StringBuilder();
    for (int i = 0; i < count; i++) {
      some.append(" a").append(i).append("='1'");
    }
    return some.toString();
  }

  @Test
  void refusesEveryAttackAndOpensNeitherFileNorSocket(@TempDir Path folder) throws IOException {
    Path canary = Files.writeString(folder.resolve("canary"), CANARY);
    AtomicInteger visits = new AtomicInteger();
    try (ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> count(door, visits));
      List<byte[]> attacks = attacks(canary, door.getLocalPort());
      assertThat(attacks.size()).isGreaterThan(40);
      long started = System.nanoTime();
      for (byte[] attack : attacks) {
        assertThatThrownBy(() -> Xml.read(attack))
            .isInstanceOf(Xml.Malformed.class)
            .message()
            .doesNotContain(CANARY);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(20));
    }
    assertThat(visits).hasValue(0);
  }

  private static void count(ServerSocket door, AtomicInteger visits) {
    try {
      while (true) {
        try (Socket _ = door.accept()) {
          visits.incrementAndGet();
        }
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  /** What only hints at something outside is data like any other. */
  @Test
  void followsNoHints() throws Xml.Malformed {
    Element root =
        read(
            """
            <?xml-stylesheet href="file:///etc/passwd"?>
            <a xmlns:xi="http://www.w3.org/2001/XInclude"
               xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
               xsi:schemaLocation="urn:x file:///etc/passwd"><xi:include href="file:///etc/passwd" parse="text"/></a>
            """);

    assertThat(root.children()).hasSize(1);
    assertThat(root.children().getFirst().text()).isEmpty();
  }

  @Test
  void tenThousandMutationsGiveAnElementOrMalformed() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] sound =
        "<?xml version='1.0'?><s:E xmlns:s='urn:s' a='1'><s:B><x>&amp;&#65;</x><![CDATA[c]]></s:B><!-- d --></s:E>"
            .getBytes(StandardCharsets.UTF_8);
    byte[][] pieces =
        Stream.of(
                "<!DOCTYPE x [",
                "<!ENTITY % a SYSTEM 'file:///etc/passwd'>",
                "]>",
                "&a;",
                "<",
                ">",
                "'",
                "\"",
                "&",
                "<![CDATA[",
                "--",
                "\u0000",
                "<?xml ",
                "xmlns:s=''",
                "\uFFFE")
            .map(piece -> piece.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    for (int i = 0; i < 10_000; i++) {
      byte[] mutated = mutated(sound, pieces, random);
      try {
        assertThat(Xml.read(mutated).name()).isNotEmpty();
      } catch (Xml.Malformed expected) {
        assertThat(expected.getMessage()).isNotEmpty();
      } catch (RuntimeException | StackOverflowError escaped) {
        throw new AssertionError("seed " + seed + ", mutation " + i, escaped);
      }
    }
  }

  private static byte[] mutated(byte[] sound, byte[][] pieces, Random random) {
    byte[] bytes = sound.clone();
    for (int changes = random.nextInt(4); changes >= 0; changes--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes = spliced(bytes, at, pieces[random.nextInt(pieces.length)]);
        default -> bytes = at == 0 ? bytes : java.util.Arrays.copyOf(bytes, at);
      }
    }
    return bytes;
  }

  private static byte[] spliced(byte[] bytes, int at, byte[] piece) {
    byte[] longer = new byte[bytes.length + piece.length];
    System.arraycopy(bytes, 0, longer, 0, at);
    System.arraycopy(piece, 0, longer, at, piece.length);
    System.arraycopy(bytes, at, longer, at + piece.length, bytes.length - at);
    return longer;
  }
}

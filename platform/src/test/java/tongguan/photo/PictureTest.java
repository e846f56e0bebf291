package tongguan.photo;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What pictures say of themselves, and what others say that are none. */
class PictureTest {
  static byte[] drawn(String format, int width, int height) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  @Test
  void jpegAndPngAreKnownWithTheirSize() {
    assertThat(Picture.of(drawn("jpg", 321, 123))).contains(new Picture("image/jpeg", 321, 123));
    assertThat(Picture.of(drawn("png", 7, 9))).contains(new Picture("image/png", 7, 9));
  }

  @Test
  void aJpegSaysItsSizeAlsoBehindLongComments() {
    byte[] plain = drawn("jpg", 50, 40);
    byte[] comment = new byte[60_004];
    comment[0] = (byte) 0xff;
    comment[1] = (byte) 0xfe;
    comment[2] = (byte) (60_002 >> 8);
    comment[3] = (byte) 60_002;
    ByteArrayOutputStream with = new ByteArrayOutputStream();
    with.write(plain, 0, 2);
    with.writeBytes(comment);
    with.write(plain, 2, plain.length - 2);

    assertThat(Picture.of(with.toByteArray())).contains(new Picture("image/jpeg", 50, 40));
  }

  @Test
  void theThreeKindsOfWebpAreKnown() {
    assertThat(
            Picture.of(
                hex("52494646 24000000 57454250 56503820 18000000 300100 9d012a 2a00 1700 00")))
        .contains(new Picture("image/webp", 42, 23));
    assertThat(Picture.of(hex("52494646 24000000 57454250 5650384c 18000000 2f 29800500 00")))
        .contains(new Picture("image/webp", 42, 23));
    assertThat(
            Picture.of(
                hex("52494646 24000000 57454250 56503858 0a000000 00000000 290000 160000 00")))
        .contains(new Picture("image/webp", 42, 23));
  }

  @Test
  void othersAreNoPictures() {
    for (String other :
        new String[] {
          "",
          "ff",
          "ffd8",
          "ffd8ff",
          "ffd8ffda0008",
          "ffd8ffd9",
          "25504446",
          "3c737667",
          "474946383961",
          "89504e470d0a1a0a",
          "5249464624000000574542505650384c"
        }) {
      assertThat(Picture.of(hex(other))).as(other).isEmpty();
    }
  }

  @Test
  void noBytesBringItOutOfStep() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    byte[][] whole = {drawn("jpg", 20, 20), drawn("png", 20, 20)};
    for (int i = 0; i < 20_000; i++) {
      byte[] spoilt = whole[i % 2].clone();
      for (int j = 0; j < 4; j++) {
        spoilt[random.nextInt(Math.min(spoilt.length, 200))] = (byte) random.nextInt(256);
      }
      Picture.of(Arrays.copyOf(spoilt, random.nextInt(spoilt.length)))
          .ifPresent(picture -> assertThat(picture.pixels()).isPositive());
    }
  }
}

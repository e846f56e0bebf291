package tongguan.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people type of devices and SIMs, and the one form that each value has from then on. */
class ValuesTest {
  private static <T> String read(Parsed<T> parsed, Function<T, String> text) {
    return switch (parsed) {
      case Parsed.Good<T>(T value) -> text.apply(value);
      case Parsed.Bad<T> bad -> "refused";
    };
  }

  @ParameterizedTest
  @CsvSource({
    "490154203237518, 49015420323751",
    "49-015420-323751-8, 49015420323751",
    "４９０１５４２０３２３７５１８, 49015420323751",
    "490154203237517, refused",
    // Two neighbours swapped, one digit changed, one missing, one too many.
    "490154203273518, refused",
    "490164203237518, refused",
    "49015420323751, refused",
    "4901542032375180, refused",
    "49015420323751A, refused",
    "'', refused"
  })
  void anImeiIsTypedWithItsCheckDigitAndKeptWithoutIt(String typed, String expected) {
    assertThat(read(Imei.parse(typed), Imei::text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "89014103211118510720, 89014103211118510720",
    "8988 6012 3456 7890 120F, 8988601234567890120",
    "89014103211118510721, refused",
    "79014103211118510729, refused",
    "89886, refused"
  })
  void anIccidHasARightCheckDigit(String typed, String expected) {
    assertThat(read(Iccid.parse(typed), Iccid::text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "466920123456789, 466920123456789",
    "466-92-0123456789, 466920123456789",
    "46692012345678, 46692012345678",
    "4669201234567, refused",
    "4669201234567890, refused",
    "46692012345678O, refused"
  })
  void anImsiHasFourteenOrFifteenDigits(String typed, String expected) {
    assertThat(read(Imsi.parse(typed), Imsi::text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "+886 912 345 678, 886912345678",
    "00886912345678, 886912345678",
    "0912-345-678, 886912345678",
    "886912345678, 886912345678",
    "+, refused",
    "+886912345678901234, refused",
    "0, refused"
  })
  void aTelephoneNumberCarriesItsCountry(String typed, String expected) {
    assertThat(read(Msisdn.parse(typed), Msisdn::text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "02:00:5E:10:00:01, 02:00:5e:10:00:01",
    "02-00-5e-10-00-01, 02:00:5e:10:00:01",
    "0200.5e10.0001, 02:00:5e:10:00:01",
    "02005e100001, 02:00:5e:10:00:01",
    "02:00:5e:10:00, refused",
    "02:00-5e:10:00:01, refused",
    "0200.5e10.00.01, refused",
    "01:00:5e:10:00:01, refused",
    "ff:ff:ff:ff:ff:ff, refused",
    "00:00:00:00:00:00, refused",
    "02:00:5g:10:00:01, refused"
  })
  void aMacIsAnInterfacesAndNotAGroups(String typed, String expected) {
    assertThat(read(Mac.parse(typed), Mac::text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "10.64.3.7, 10.64.3.7",
    "' 10.64.3.7 ', 10.64.3.7",
    "2001:DB8::7, 2001:db8:0:0:0:0:0:7",
    "10.64.3, refused",
    "10.64.3.256, refused",
    "0x0a400307, refused",
    "167772167, refused",
    "localhost, refused",
    "127.0.0.1, refused",
    "::ffff:10.64.3.7, refused",
    "fe80::1%eth0, refused",
    "224.0.0.1, refused",
    "0.0.0.0, refused"
  })
  void anAddressIsALiteralOfOneHost(String typed, String expected) {
    assertThat(read(ApnAddress.parse(typed), ApnAddress::text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "pda-0001, PDA-0001",
    "ｐｄａ－０００１, PDA-0001",
    "' pda 0001 ', PDA0001",
    "-1, refused",
    "ab, refused",
    "PDА-0001, refused"
  })
  void aSerialNumberIsCapitalsOfOneScript(String typed, String expected) {
    assertThat(read(Serial.parse(typed), Serial::text)).isEqualTo(expected);
  }
}

package tongguan.record.key;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bill of lading or an air waybill. A house bill is known only together with its master, so its
 * key is {@code MASTER/HOUSE}; a master's key is its number alone. An air waybill's number is 11
 * digits of which the last is a check digit (IATA Resolution 600a: the first 7 of the 8 modulo 7).
 */
public record BillKey(String master, @Nullable String house) {
  private static final Pattern NUMBER = Pattern.compile("[A-Z0-9]{1,35}");
  private static final Pattern AIR_WAYBILL = Pattern.compile("[0-9]{11}");

  public BillKey {
    if (!isNumber(master) || (house != null && !isNumber(house))) {
      throw new IllegalArgumentException("not a bill number in canonical form");
    }
  }

  /** From the two numbers as messages carry them, the house's absent or blank for a master bill. */
  public static Optional<BillKey> of(String master, @Nullable String house) {
    String masterNumber = Typed.compact(master);
    String houseNumber = house == null ? "" : Typed.compact(house);
    if (!isNumber(masterNumber) || (!houseNumber.isEmpty() && !isNumber(houseNumber))) {
      return Optional.empty();
    }
    return Optional.of(new BillKey(masterNumber, houseNumber.isEmpty() ? null : houseNumber));
  }

  /** From one text: {@code MASTER} or {@code MASTER/HOUSE}. */
  public static Optional<BillKey> parse(String typed) {
    String plain = Typed.plain(typed);
    int slash = plain.indexOf('/');
    return slash < 0
        ? of(plain, null)
        : of(plain.substring(0, slash), plain.substring(slash + 1))
            .filter(key -> key.house != null);
  }

  /** Of an air waybill's master number; NONE for sea bills, which have no check digit. */
  public CheckDigit checkDigit() {
    if (!AIR_WAYBILL.matcher(master).matches()) {
      return CheckDigit.NONE;
    }
    int serial = Integer.parseInt(master.substring(3, 10));
    return serial % 7 == master.charAt(10) - '0' ? CheckDigit.OK : CheckDigit.WRONG;
  }

  public String value() {
    return house == null ? master : master + '/' + house;
  }

  private static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  @Override
  public String toString() {
    return value();
  }
}

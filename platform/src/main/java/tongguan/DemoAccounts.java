package tongguan;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import tongguan.identity.Account;
import tongguan.identity.Identity;
import tongguan.identity.LoginName;
import tongguan.identity.NewAccount;

/**
 * Accounts for trying the platform out with the sample world, made once, where there is no account
 * yet. Their passwords are random and stand in the data folder, readable by its owner only.
 */
final class DemoAccounts {
  private static final String FILE = "demo-accounts.txt";
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

  private final Path file;
  private final Identity identity;
  private final SecureRandom random = new SecureRandom();

  DemoAccounts(Path data, Identity identity) {
    this.file = data.resolve(FILE);
    this.identity = identity;
  }

  private record Demo(
      String name,
      String nameZh,
      String nameEn,
      String unit,
      int clearance,
      String role,
      String scope) {}

  private static final List<Demo> ALL =
      List.of(
          new Demo("officer", "王關員", "Officer Wang", "A", 0, "officer", "all"),
          new Demo("squad", "林查緝員", "Officer Lin", "B", 1, "anti-smuggling-officer", "all"),
          new Demo(
              "district", "陳股長", "Section Chief Chen", "A", 1, "district-administrator", "own"),
          new Demo(
              "headquarters",
              "張組長",
              "Director Chang",
              "HQ",
              2,
              "headquarters-administrator",
              "all"),
          new Demo(
              "second",
              "李副組長",
              "Deputy Director Li",
              "HQ",
              2,
              "headquarters-administrator",
              "all"));

  void found() {
    if (!identity.accounts().isEmpty()) {
      return;
    }
    List<String> lines = new ArrayList<>();
    for (Demo demo : ALL) {
      String password = password();
      identity
          .accounts()
          .found(
              new NewAccount(
                  new LoginName(demo.name()),
                  demo.nameZh(),
                  demo.nameEn(),
                  demo.unit(),
                  demo.clearance(),
                  demo.name() + "@example.test",
                  "local",
                  null),
              List.of(new Account.Holding(demo.role(), demo.scope())),
              password);
      lines.add("%-14s %s  %s".formatted(demo.name(), password, demo.role()));
    }
    try {
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Four groups of four letters and digits that are not mistaken for each other: 79 bits. */
  private String password() {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      if (i > 0 && i % 4 == 0) {
        password.append('-');
      }
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return password.toString();
  }

  void print(PrintStream out) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      out.println("demo accounts (password, role), also in " + file + ":");
      Files.readAllLines(file).forEach(line -> out.println("  " + line));
    } catch (IOException unreadable) {
      out.println("demo accounts: " + file + " cannot be read");
    }
  }
}

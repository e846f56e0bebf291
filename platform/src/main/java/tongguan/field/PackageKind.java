package tongguan.field;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import tongguan.access.Sight;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.dossier.Gathering;
import tongguan.dossier.Gathering.Subjects;
import tongguan.record.key.Typed;
import tongguan.record.key.VoyageKey;

/** The pieces of work for which there is a package. */
enum PackageKind {
  VOYAGE {
    @Override
    Subjects gather(Gathering gathering, String typed, Sight sight) {
      String key = VoyageKey.parse(typed).map(VoyageKey::value).orElse(typed);
      return gathering.voyage(key, sight, Limits.PACKAGE_DOSSIERS);
    }
  },
  EXAMINATIONS {
    @Override
    Subjects gather(Gathering gathering, String key, Sight sight) {
      return gathering.examinations(key, sight, Limits.PACKAGE_DOSSIERS);
    }
  },
  YARD {
    @Override
    Subjects gather(Gathering gathering, String key, Sight sight) {
      return gathering.yard(key, sight, Limits.PACKAGE_DOSSIERS);
    }
  };

  private static final int LONGEST_KEY = 40;

  abstract Subjects gather(Gathering gathering, String key, Sight sight);

  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<PackageKind> of(String code) {
    return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
  }

  /** Only the list of examinations can be asked for without a key: then it is of every office. */
  String key(Optional<String> typed) {
    String key = typed.map(Typed::plain).orElse("").strip();
    if (key.length() > LONGEST_KEY || (key.isEmpty() && this != EXAMINATIONS)) {
      throw Problem.badRequest(
              "parameter", "請指定航次、關別或場站。", "Say which voyage, office or place it is to be about.")
          .with("parameter", "key");
    }
    return key;
  }
}

package tongguan.photo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.Sight;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Ids;
import tongguan.base.Limits;
import tongguan.base.Problem;
import tongguan.base.database.Database;
import tongguan.record.key.DeclarationNumber;

/**
 * The face of the room: photos are announced with their hash, come in pieces in their order, and
 * count once they are whole. A piece that comes twice changes nothing.
 */
public final class Photos {
  private final Database database;
  private final Audit audit;
  private final Ids ids;
  private final Clock clock;

  public Photos(Database database, Audit audit, Ids ids, Clock clock) {
    this.database = database;
    this.audit = audit;
    this.ids = ids;
    this.clock = clock;
  }

  Clock clock() {
    return clock;
  }

  /** Which of these hashes no photo of the declaration has; one statement. */
  public List<String> missing(
      Connection connection, DeclarationNumber declaration, List<String> sha256)
      throws SQLException {
    return new PhotoStore(connection).missing(declaration, sha256);
  }

  /** The photos of a declaration; empty where this reader may not see it. */
  public List<Photo> of(DeclarationNumber declaration, Sight sight) {
    return database.query(connection -> new PhotoStore(connection).of(declaration, sight));
  }

  /** Begins an upload, or gives the one that this officer had begun. */
  Photo begin(Officer officer, Announcement wish, String correlation) {
    UUID id = ids.next();
    UUID account = officer.session().account();
    return database.inTransaction(tx -> {
      PhotoStore store = new PhotoStore(tx);
      if (!store.sees(wish.declaration(), officer.sight(Permissions.CLEARANCE_ACT))) {
        throw unknownDeclaration();
      }
      Optional<Photo> before = store.begun(wish.declaration(), wish.sha256(), account);
      if (before.isPresent()) {
        return same(before.get(), wish);
      }
      if (store.unfinished(account) >= Limits.PHOTO_UPLOADS
          || store.countOf(wish.declaration()) >= Limits.PHOTOS_TOGETHER) {
        throw Problem.of(
            409, "photos-full", "照片數量已達上限。", "There are as many photos already as are allowed.");
      }
      store.begin(id, wish, account, officer.session().name());
      Photo photo = store.begun(wish.declaration(), wish.sha256(), account).orElseThrow();
      if (photo.id().equals(id)) {
        audit.write(
            tx,
            Entry.done("photo.begin", officer.actor(), "photo:" + id, correlation)
                .with(Map.of("declaration", wish.declaration().value(), "sha256", wish.sha256())));
      }
      return same(photo, wish);
    });
  }

  /** The same hash is the same bytes, or somebody is mistaken. */
  private static Photo same(Photo photo, Announcement wish) {
    if (photo.bytes() != wish.bytes()) {
      throw Problem.of(
              409,
              "photo-differs",
              "相同雜湊值的照片大小不同。",
              "A photo with this hash was announced with another size.")
          .with("bytes", photo.bytes());
    }
    return photo;
  }

  /** What became of a piece. */
  private sealed interface Outcome {
    record There(Photo photo) implements Outcome {}

    record Spoilt(String code, Problem why) implements Outcome {}
  }

  /**
   * Adds the piece that begins at this offset; the last one has the whole looked at.
   *
   * @throws Problem 409 with the right offset where it does not begin where the last one ended, 422
   *     where the whole is not what was announced or not a picture: then it is gone
   */
  Photo add(Officer officer, UUID id, int at, byte[] piece, String correlation) {
    Outcome outcome = database.inTransaction(tx -> add(tx, officer, id, at, piece, correlation));
    return switch (outcome) {
      case Outcome.There there -> there.photo();
      case Outcome.Spoilt spoilt -> {
        audit.write(
            Entry.refused("photo.add", spoilt.code(), officer.actor(), correlation)
                .about("photo:" + id));
        throw spoilt.why();
      }
    };
  }

  private Outcome add(
      Connection tx, Officer officer, UUID id, int at, byte[] piece, String correlation)
      throws SQLException {
    PhotoStore store = new PhotoStore(tx);
    Photo photo = store.locked(id, officer.session().account()).orElseThrow(Photos::unknownPhoto);
    if (at + piece.length <= photo.received()) {
      return new Outcome.There(photo);
    }
    boolean last = at + piece.length == photo.bytes();
    if (at != photo.received() || at + piece.length > photo.bytes()) {
      throw Problem.of(
              409, "photo-offset", "上傳位置不符。", "The piece does not begin where the last one ended.")
          .with("offset", photo.received());
    }
    if (piece.length < Limits.PHOTO_PIECE_LEAST_BYTES && !last) {
      throw Problem.badRequest(
              "photo-piece", "分段過小。", "A piece that is not the last one is too small.")
          .with("leastBytes", Limits.PHOTO_PIECE_LEAST_BYTES);
    }
    new Pieces(tx).put(id, at, piece);
    store.received(id, at + piece.length);
    return last
        ? whole(tx, officer, photo, correlation)
        : new Outcome.There(store.locked(id, officer.session().account()).orElseThrow());
  }

  private Outcome whole(Connection tx, Officer officer, Photo photo, String correlation)
      throws SQLException {
    PhotoStore store = new PhotoStore(tx);
    Read read = read(tx, photo);
    if (!read.sha256().equals(photo.sha256())) {
      store.drop(photo.id());
      return spoilt(
          "photo-hash",
          "照片內容與其雜湊值不符，請重新上傳。",
          "The photo is not the one that was announced; send it again.");
    }
    Optional<Picture> picture = Picture.of(read.head());
    if (picture.isEmpty()) {
      store.drop(photo.id());
      return spoilt(
          "photo-kind", "僅接受 JPEG、PNG 或 WebP 照片。", "Only JPEG, PNG and WebP pictures are taken.");
    }
    if (picture.get().pixels() > Limits.PHOTO_PIXELS) {
      store.drop(photo.id());
      return spoilt("photo-pixels", "照片像素過多。", "The picture has too many pixels.");
    }
    store.whole(photo.id(), picture.get());
    audit.write(
        tx,
        Entry.done("photo.add", officer.actor(), "photo:" + photo.id(), correlation)
            .with(
                Map.of(
                    "declaration", photo.declaration(),
                    "sha256", photo.sha256(),
                    "bytes", photo.bytes())));
    return new Outcome.There(store.locked(photo.id(), officer.session().account()).orElseThrow());
  }

  private static Outcome spoilt(String code, String zh, String en) {
    return new Outcome.Spoilt(code, Problem.of(422, code, zh, en));
  }

  private record Read(String sha256, byte[] head) {}

  private static Read read(Connection tx, Photo photo) throws SQLException {
    MessageDigest sha = sha256();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    Pieces pieces = new Pieces(tx);
    for (int at = 0; at < photo.bytes(); ) {
      byte[] piece = pieces.at(photo.id(), at).orElseThrow();
      sha.update(piece);
      head.write(piece, 0, Math.min(piece.length, Limits.PHOTO_HEAD_BYTES - head.size()));
      at += piece.length;
    }
    return new Read(HexFormat.of().formatHex(sha.digest()), head.toByteArray());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Where its upload stands, and what it is. */
  Photo one(Officer officer, UUID id) {
    return database
        .query(connection ->
            new PhotoStore(connection)
                .one(id, officer.sight(Permissions.RECORD_READ), officer.session().account()))
        .orElseThrow(Photos::unknownPhoto);
  }

  /** Writes its bytes, a piece at a time, with no connection held while the reader takes one. */
  void write(Photo photo, OutputStream to) throws IOException {
    for (int at = 0; at < photo.bytes(); ) {
      int from = at;
      byte[] piece =
          database
              .query(connection -> new Pieces(connection).at(photo.id(), from))
              .orElseThrow(Photos::unknownPhoto);
      to.write(piece);
      at += piece.length;
    }
  }

  static Problem unknownPhoto() {
    return Problem.of(404, "unknown-photo", "查無此照片。", "There is no such photo.");
  }

  static Problem unknownDeclaration() {
    return Problem.of(404, "unknown-declaration", "查無此報單。", "There is no such declaration.");
  }
}

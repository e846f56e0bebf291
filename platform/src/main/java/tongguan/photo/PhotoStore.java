package tongguan.photo;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.access.Sight;
import tongguan.base.Limits;
import tongguan.base.database.Sql;
import tongguan.record.key.DeclarationNumber;

/** SQL of what is known of photos; their bytes are with {@link Pieces}. */
final class PhotoStore {
  private final Connection connection;

  PhotoStore(Connection connection) {
    this.connection = connection;
  }

  /** Whether there is such a declaration for this reader; by its primary key. */
  boolean sees(DeclarationNumber declaration, Sight sight) throws SQLException {
    return Sql.of(
            connection,
            """
            select from (select ?::int, ?::int) q(districts, clearance)
            join record.declaration d on d.number = ?
            where d.districts & q.districts <> 0 and greatest(d.classification, d.raised) <= q.clearance
            """,
            sight.districts(),
            sight.clearance(),
            declaration.value())
        .exists();
  }

  /** Begins it, unless this officer has begun it before. */
  void begin(UUID id, Announcement wish, UUID officer, String officerName) throws SQLException {
    Photo.@Nullable Position position = wish.position();
    Sql.of(
            connection,
            """
            insert into photo.photo (id, declaration, sha256, bytes, taken_at, latitude, longitude, accuracy_m,
              officer, officer_name)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (declaration, sha256, officer) do nothing
            """,
            id,
            wish.declaration().value(),
            HexFormat.of().parseHex(wish.sha256()),
            wish.bytes(),
            wish.takenAt(),
            position == null ? null : position.latitude(),
            position == null ? null : position.longitude(),
            position == null ? null : position.accuracyMetres(),
            officer,
            officerName)
        .update();
  }

  /** Of an officer: what was begun and left is dropped, the rest counted. On photo_unfinished. */
  int unfinished(UUID officer) throws SQLException {
    Sql.of(
            connection,
            """
            delete from photo.photo
            where officer = ? and whole_at is null and begun_at < clock_timestamp() - ? * interval '1 day'
            """,
            officer,
            (int) Limits.PHOTO_UPLOAD_LIFE.toDays())
        .update();
    return Sql.of(
            connection,
            "select count(*)::int from photo.photo where officer = ? and whole_at is null",
            officer)
        .first(row -> row.getInt(1))
        .orElse(0);
  }

  int countOf(DeclarationNumber declaration) throws SQLException {
    return Sql.of(
            connection,
            "select count(*)::int from photo.photo where declaration = ?",
            declaration.value())
        .first(row -> row.getInt(1))
        .orElse(0);
  }

  private static final String READ =
      """
      select p.id, p.declaration, encode(p.sha256, 'hex') as sha256, p.bytes, p.received, p.media_type, p.width,
        p.height, p.taken_at, p.latitude, p.longitude, p.accuracy_m, p.officer, p.officer_name
      from photo.photo p
      """;

  Optional<Photo> begun(DeclarationNumber declaration, String sha256, UUID officer)
      throws SQLException {
    return Sql.of(
            connection,
            READ + "where p.declaration = ? and p.sha256 = ? and p.officer = ?",
            declaration.value(),
            HexFormat.of().parseHex(sha256),
            officer)
        .first(PhotoStore::photo);
  }

  /** Until the end of the transaction nobody else adds to it. */
  Optional<Photo> locked(UUID id, UUID officer) throws SQLException {
    return Sql.of(
            connection,
            READ + "where p.id = ? and p.officer = ? for no key update of p",
            id,
            officer)
        .first(PhotoStore::photo);
  }

  /** For who may see its declaration; one that is not whole for its own officer alone. */
  Optional<Photo> one(UUID id, Sight sight, UUID officer) throws SQLException {
    return Sql.of(connection, ONE, sight.districts(), sight.clearance(), id, officer)
        .first(PhotoStore::photo);
  }

  private static final String SEEN =
      """
      join record.declaration d on d.number = p.declaration
      cross join (select ?::int, ?::int) q(districts, clearance)
      where d.districts & q.districts <> 0 and greatest(d.classification, d.raised) <= q.clearance
      """;

  private static final String ONE =
      READ + SEEN + "and p.id = ? and (p.whole_at is not null or p.officer = ?)";

  /** The whole ones of a declaration, in the order in which they were taken. */
  List<Photo> of(DeclarationNumber declaration, Sight sight) throws SQLException {
    return Sql.of(
            connection,
            READ
                + SEEN
                + "and p.declaration = ? and p.whole_at is not null order by p.taken_at, p.id",
            sight.districts(),
            sight.clearance(),
            declaration.value())
        .rows(PhotoStore::photo);
  }

  void received(UUID id, int bytes) throws SQLException {
    Sql.of(connection, "update photo.photo set received = ? where id = ?", bytes, id).update();
  }

  void whole(UUID id, Picture picture) throws SQLException {
    Sql.of(
            connection,
            """
            update photo.photo set media_type = ?, width = ?, height = ?, whole_at = clock_timestamp()
            where id = ?
            """,
            picture.mediaType(),
            picture.width(),
            picture.height(),
            id)
        .update();
  }

  void drop(UUID id) throws SQLException {
    Sql.of(connection, "delete from photo.photo where id = ? and whole_at is null", id).update();
  }

  /** Which of these hashes no whole photo of the declaration has. */
  List<String> missing(DeclarationNumber declaration, List<String> sha256) throws SQLException {
    return Sql.of(
            connection,
            """
            select wish.sha256 from unnest(?::text[]) wish(sha256)
            where not exists (
              select from photo.photo p
              where p.declaration = ? and p.sha256 = decode(wish.sha256, 'hex') and p.whole_at is not null)
            """,
            sha256,
            declaration.value())
        .rows(row -> row.getString(1));
  }

  private static Photo photo(ResultSet row) throws SQLException {
    @Nullable String mediaType = row.getString("media_type");
    return new Photo(
        row.getObject("id", UUID.class),
        row.getString("declaration"),
        row.getString("sha256"),
        row.getInt("bytes"),
        row.getInt("received"),
        mediaType == null
            ? null
            : new Picture(mediaType, row.getInt("width"), row.getInt("height")),
        Objects.requireNonNull(Sql.instant(row, "taken_at")),
        row.getBigDecimal("latitude") == null
            ? null
            : new Photo.Position(
                row.getBigDecimal("latitude"),
                row.getBigDecimal("longitude"),
                row.getBigDecimal("accuracy_m")),
        row.getObject("officer", UUID.class),
        row.getString("officer_name"));
  }
}

package tongguan.photo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tongguan.access.Officer;
import tongguan.access.Permissions;
import tongguan.access.operation.Input;
import tongguan.audit.Audit;
import tongguan.audit.Entry;
import tongguan.base.Limits;
import tongguan.base.http.Call;
import tongguan.base.http.Route;
import tongguan.record.key.DeclarationNumber;

/** Photos of a declaration's goods: sent from the field in pieces, listed and shown. */
public final class PhotoRoutes {
  private final Photos photos;
  private final Audit audit;

  public PhotoRoutes(Photos photos, Audit audit) {
    this.photos = photos;
    this.audit = audit;
  }

  public List<Route> routes() {
    return List.of(
        Route.get("/api/v1/declarations/{number}/photos", Permissions.RECORD_READ, this::list),
        Route.post("/api/v1/declarations/{number}/photos", Permissions.CLEARANCE_ACT, this::begin),
        Route.get("/api/v1/photos/{id}", Permissions.RECORD_READ, this::one),
        Route.post("/api/v1/photos/{id}/pieces", Permissions.CLEARANCE_ACT, this::add)
            .accepting(Limits.PHOTO_PIECE_BYTES, Set.of("application/octet-stream")),
        // What it is, its own bytes say.
        Route.get("/api/v1/photos/{id}/content", Permissions.RECORD_READ, this::content)
            .producing(Set.of()));
  }

  private static DeclarationNumber declaration(Call call) {
    return DeclarationNumber.parse(call.pathParameter("number"))
        .orElseThrow(Photos::unknownDeclaration);
  }

  private static UUID id(Call call) {
    return Input.id(call.pathParameter("id"), Photos::unknownPhoto);
  }

  private void list(Call call) {
    Officer officer = Officer.of(call);
    DeclarationNumber declaration = declaration(call);
    List<Photo> found = photos.of(declaration, officer.sight(Permissions.RECORD_READ));
    audit.write(
        Entry.done("query", officer.actor(), "declaration:" + declaration, call.correlation())
            .found(found.size()));
    call.respondJson(200, Map.of("items", found.stream().map(PhotoRoutes::item).toList()));
  }

  private void begin(Call call) {
    Announcement wish = Announcement.of(declaration(call), Input.of(call), photos.clock());
    call.respondJson(200, item(photos.begin(Officer.of(call), wish, call.correlation())));
  }

  private void one(Call call) {
    Photo photo = photos.one(Officer.of(call), id(call));
    call.header("Upload-Offset", String.valueOf(photo.received()));
    call.respondJson(200, item(photo));
  }

  private void add(Call call) {
    int at =
        call.query("offset")
            .filter(text -> text.matches("[0-9]{1,9}"))
            .map(Integer::parseInt)
            .orElseThrow(() -> Input.refused("offset", "bytes that are there already"));
    UUID id = id(call);
    byte[] piece = call.body();
    if (piece.length == 0) {
      throw Input.refused("(body)", "bytes of the photo");
    }
    call.respondJson(200, item(photos.add(Officer.of(call), id, at, piece, call.correlation())));
  }

  private void content(Call call) {
    Officer officer = Officer.of(call);
    Photo photo = photos.one(officer, id(call));
    Picture picture = photo.picture();
    if (picture == null) {
      throw Photos.unknownPhoto();
    }
    audit.write(
        Entry.done("photo.view", officer.actor(), "photo:" + photo.id(), call.correlation())
            .with(Map.of("declaration", photo.declaration())));
    call.header("Content-Disposition", "inline");
    try (OutputStream out = call.stream(picture.mediaType())) {
      photos.write(photo, out);
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static Map<String, @Nullable Object> item(Photo photo) {
    Map<String, @Nullable Object> item = new LinkedHashMap<>();
    item.put("id", photo.id());
    item.put("declaration", photo.declaration());
    item.put("sha256", photo.sha256());
    item.put("bytes", photo.bytes());
    item.put("offset", photo.received());
    item.put("whole", photo.isWhole());
    if (photo.picture() != null) {
      item.put("mediaType", photo.picture().mediaType());
      item.put("width", photo.picture().width());
      item.put("height", photo.picture().height());
    }
    item.put("takenAt", photo.takenAt());
    Photo.Position position = photo.position();
    if (position != null) {
      Map<String, @Nullable Object> where = new LinkedHashMap<>();
      where.put("latitude", position.latitude());
      where.put("longitude", position.longitude());
      if (position.accuracyMetres() != null) {
        where.put("accuracy", position.accuracyMetres());
      }
      item.put("position", where);
    }
    item.put("officer", photo.officerName());
    return item;
  }
}

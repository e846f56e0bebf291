package tongguan.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Locale;
import tongguan.record.key.BillKey;
import tongguan.record.key.ContainerNumber;
import tongguan.record.key.DeclarationNumber;
import tongguan.record.key.VoyageKey;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Facts as JSON whose names are the columns of the tables: a batch travels to PostgreSQL as one
 * parameter, and one statement unfolds it with {@code json_to_recordset}.
 */
final class FactJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .addModule(
              new SimpleModule()
                  .addSerializer(ContainerNumber.class, text(ContainerNumber::value))
                  .addSerializer(BillKey.class, text(BillKey::value))
                  .addSerializer(DeclarationNumber.class, text(DeclarationNumber::value))
                  .addSerializer(VoyageKey.class, text(VoyageKey::value))
                  .addSerializer(MovementKind.class, text(MovementKind::code))
                  .addSerializer(StepKind.class, text(StepKind::code))
                  .addSerializer(Channel.class, text(Channel::name))
                  .addSerializer(Fact.Examination.Method.class, text(Fact.Examination.Method::name))
                  .addSerializer(Fact.Examination.Result.class, text(FactJson::lowerCase))
                  .addSerializer(Fact.BondedCheck.Result.class, text(FactJson::lowerCase))
                  .addSerializer(Fact.BondedCheck.Premises.Kind.class, text(FactJson::lowerCase))
                  .addSerializer(Fact.Permit.Scope.class, text(FactJson::lowerCase))
                  .addSerializer(Direction.class, text(FactJson::lowerCase)))
          .addMixIn(Fact.class, FlatStamp.class)
          .addMixIn(Fact.Bill.Dangerous.class, Document.class)
          .addMixIn(Fact.Declaration.Item.class, Document.class)
          .addMixIn(Fact.Step.Detail.class, Document.class)
          .addMixIn(Fact.Examination.Finding.class, Document.class)
          .addMixIn(Fact.BondedCheck.Count.class, Document.class)
          .addMixIn(Fact.Voyage.class, FlatStamp.class)
          .addMixIn(Fact.Manifest.class, FlatStamp.class)
          .addMixIn(Fact.Bill.class, FlatStamp.class)
          .addMixIn(Fact.Stowage.class, FlatStamp.class)
          .addMixIn(Fact.Movement.class, FlatStamp.class)
          .addMixIn(Fact.Declaration.class, FlatStamp.class)
          .addMixIn(Fact.Step.class, FlatStamp.class)
          .addMixIn(Fact.Permit.class, FlatStamp.class)
          .addMixIn(Fact.Examination.class, FlatStamp.class)
          .addMixIn(Fact.BondedCheck.class, FlatStamp.class)
          .build();

  private FactJson() {}

  /** The stamp's parts stand beside the fact's own columns, with a prefix. */
  private interface FlatStamp {
    @JsonUnwrapped(prefix = "told_")
    Told told();
  }

  /**
   * What is kept as JSON and goes to the wire as it is: the API's names, and nothing that was not
   * told.
   */
  @JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private interface Document {}

  static String of(List<?> rows) {
    return MAPPER.writeValueAsString(rows);
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <T> ValueSerializer<T> text(java.util.function.Function<T, String> name) {
    return new ValueSerializer<>() {
      @Override
      public void serialize(T value, JsonGenerator out, SerializationContext context) {
        out.writeString(name.apply(value));
      }
    };
  }
}

package dev.herald.platform.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.util.AccessPattern;

/** Reads a field that may be absent and must not be null; {@code @JsonSetter(nulls = FAIL)} would refuse the absent field too. */
public final class AbsentNotNull extends ValueDeserializer<Object> {

    @Override
    public ValueDeserializer<?> createContextual(DeserializationContext context, BeanProperty field) {
        return new Field(context.findContextualValueDeserializer(field.getType(), field));
    }

    @Override
    public Object deserialize(JsonParser parser, DeserializationContext context) {
        throw new IllegalStateException("not the value of a field");
    }

    private static final class Field extends DelegatingDeserializer {

        Field(ValueDeserializer<?> type) {
            super(type);
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> type) {
            return new Field(type);
        }

        @Override
        public @Nullable Object getNullValue(DeserializationContext context) {
            return context.reportInputMismatch(this, "null");
        }

        @Override
        public @Nullable Object getAbsentValue(DeserializationContext context) {
            return null;
        }

        @Override
        public AccessPattern getNullAccessPattern() {
            return AccessPattern.DYNAMIC;
        }
    }
}

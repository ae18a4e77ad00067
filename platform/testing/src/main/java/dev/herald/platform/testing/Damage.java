package dev.herald.platform.testing;

import tools.jackson.databind.node.ObjectNode;

/** A way to make a required field of an event invalid. */
public enum Damage {
    MISSING {
        @Override
        public ObjectNode to(ObjectNode object, String field) {
            object.remove(field);
            return object;
        }
    },
    NULL {
        @Override
        public ObjectNode to(ObjectNode object, String field) {
            return object.putNull(field);
        }
    },
    OF_ANOTHER_TYPE {
        @Override
        public ObjectNode to(ObjectNode object, String field) {
            object.putObject(field).put("of", "another type");
            return object;
        }
    };

    /** Damages the field, and returns the same object. */
    public abstract ObjectNode to(ObjectNode object, String field);
}

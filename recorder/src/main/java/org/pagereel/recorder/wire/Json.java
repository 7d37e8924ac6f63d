package org.pagereel.recorder.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of this product: absent rather than null, and indented where people read it. */
public final class Json {
  public static final JsonMapper LINES =
      JsonMapper.builder()
          .changeDefaultPropertyInclusion(ignored ->
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  public static final JsonMapper PRETTY =
      LINES.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}
}

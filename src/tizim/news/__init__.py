"""An article in any language in, attributed claims with offsets out."""

"""Requests made from the OpenAPI document, right and wrong: each is answered as the document says."""

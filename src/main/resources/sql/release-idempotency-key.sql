-- Frees the key of a request that brought no lasting answer, so that its repetition runs anew.
delete from idempotency_key where api_key = :apiKey and key = :key and claim = :claim

-- Keeps a request's answer for its repetitions, unless the request lost the key to another one meanwhile.
update idempotency_key
   set status = :status, content_type = :contentType, headers = :headers, body = :body, lease_until = null
 where api_key = :apiKey and key = :key and claim = :claim

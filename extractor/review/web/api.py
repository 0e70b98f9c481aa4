"""The JSON interface for downstream tools."""

from fastapi import APIRouter

router = APIRouter()
